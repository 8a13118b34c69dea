#include "cordon/ledger/keys.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "cordon/ledger/test_places.hpp"

namespace cordon::ledger {
namespace {

TEST(Keys, SignAndVerify) {
  const TestFolder folder;
  const auto key = SigningKey::create(folder.path / "key");
  ASSERT_TRUE(key) << key.error().message;
  const auto again = SigningKey::read(folder.path / "key");
  ASSERT_TRUE(again) << again.error().message;
  const auto open = PublicKey::read(folder.path / "key.pub");
  ASSERT_TRUE(open) << open.error().message;
  EXPECT_EQ(open->hex(), key->public_key().hex());
  const std::string signature = again->sign("what was said");
  EXPECT_TRUE(open->verify("what was said", signature));
  EXPECT_FALSE(open->verify("what was sbid", signature));
  std::string other = signature;
  other[5] = other[5] == '0' ? '1' : '0';
  EXPECT_FALSE(open->verify("what was said", other));
  EXPECT_FALSE(open->verify("what was said", "nonsense"));
  EXPECT_FALSE(open->verify("what was said", ""));
}

// RFC 8032, 7.1, test 2.
TEST(Keys, KnownAnswer) {
  const auto key = PublicKey::from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->verify("r",
                          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
}

TEST(Keys, ThePrivateOneIsKeptClose) {
  const TestFolder folder;
  ASSERT_TRUE(SigningKey::create(folder.path / "key"));
  struct stat status {};
  ASSERT_EQ(::stat((folder.path / "key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_NE(SigningKey::create(folder.path / "key").error().message.find("exists already"),
            std::string::npos);
  ASSERT_EQ(::chmod((folder.path / "key").c_str(), 0640), 0);
  EXPECT_NE(SigningKey::read(folder.path / "key").error().message.find("others than its owner"),
            std::string::npos);
}

TEST(Keys, WhatIsNoKeyIsRefused) {
  const TestFolder folder;
  std::ofstream(folder.path / "noise") << "not a key";
  ASSERT_EQ(::chmod((folder.path / "noise").c_str(), 0600), 0);
  EXPECT_FALSE(SigningKey::read(folder.path / "noise"));
  EXPECT_FALSE(PublicKey::read(folder.path / "noise"));
  EXPECT_FALSE(PublicKey::read(folder.path / "absent"));
  EXPECT_FALSE(SigningKey::create(folder.path / "no" / "such" / "folder"));
  EXPECT_FALSE(PublicKey::from_hex("3D4017"));
}

}  // namespace
}  // namespace cordon::ledger
