// For tests: a list from text, an entity of it by id, and a folder of files that is gone afterwards.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/lists/format.hpp"

namespace cordon::lists {

inline base::Result<ListFile> read_text(std::string text) {
  const Input input = Input::memory(std::move(text), "test");
  const auto head = input.head();
  const Format* format = sniff(*head);
  if (!format || !format->read) return base::fail("not recognised");
  return format->read(input);
}

inline const model::Entity& entity_of(const ListFile& list, std::string_view id) {
  static const model::Entity kNone;
  const auto found =
      std::find_if(list.entities.begin(), list.entities.end(), [&](const auto& e) { return e.id == id; });
  if (found != list.entities.end()) return *found;
  ADD_FAILURE() << "no entity " << id;
  return kNone;
}

class InFolder : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path write(const std::string& name, std::string_view text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  // One a suite.
  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("cordon_") + ::testing::UnitTest::GetInstance()->current_test_info()->test_suite_name() +
       "_test");
};

using Values = std::vector<std::string_view>;

}  // namespace cordon::lists
