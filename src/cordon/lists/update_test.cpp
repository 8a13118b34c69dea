// What a folder holds after each answer a publisher may give. The transport itself is tested against a local
// HTTPS server in tests/golden/lists.
#include "cordon/lists/update.hpp"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "cordon/base/bytes.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/sha256.hpp"
#include "cordon/lists/manifest.hpp"
#include "cordon/lists/test_input.hpp"

namespace cordon::lists {
namespace {

namespace fs = std::filesystem;

std::string un_list(std::string_view day, int entities) {
  std::string text = "<CONSOLIDATED_LIST dateGenerated='" + std::string(day) + "'><INDIVIDUALS/><ENTITIES>";
  for (int i = 0; i < entities; ++i) {
    text += "<ENTITY><FIRST_NAME>BODY " + std::to_string(i) + "</FIRST_NAME><REFERENCE_NUMBER>KPe." +
            std::to_string(i) + "</REFERENCE_NUMBER></ENTITY>";
  }
  return text + "</ENTITIES></CONSOLIDATED_LIST>";
}

class UpdateTest : public ::testing::Test {
 protected:
  void TearDown() override { fs::remove_all(folder_); }

  // What one update does when the server answers with this body; the request is kept for the test to look at.
  Updated answer(const std::string& body, std::string etag = {}, bool not_modified = false) {
    options_.fetch = [&, etag](const FetchRequest& request) -> base::Result<Fetched> {
      request_ = request;
      return Fetched{not_modified, body, etag, {}, request.url};
    };
    const auto all = update({origin_}, options_);
    EXPECT_TRUE(all) << (all ? "" : all.error().message);
    return all && all->size() == 1 ? all->front() : Updated{};
  }
  std::string standing() const { return base::read_file(folder_ / "un_sc.xml").value_or(""); }
  std::size_t versions() const { return Manifest::read(folder_)->all.size(); }

  const fs::path folder_ = fs::path(::testing::TempDir()) / "cordon_update_test";
  Origin origin_ = {"un_sc", "", "https://example.org/un.xml", "xml", "un-xml", "", "", 100, 100000, 3, ""};
  UpdateOptions options_ = {folder_, false, false, "", 60, base::parse_time("2026-11-23T12:00:00Z").value(),
                            {}};
  FetchRequest request_;
};

TEST_F(UpdateTest, AFirstListIsKeptWithItsHistory) {
  const std::string list = un_list("2026-01-01", 30);
  const Updated updated = answer(list, "\"a\"");
  EXPECT_EQ(updated.status, UpdateStatus::fresh) << updated.why;
  EXPECT_EQ(updated.added, 30u);
  EXPECT_EQ(standing(), list);
  const auto manifest = Manifest::read(folder_);
  ASSERT_EQ(manifest->all.size(), 1u);
  const Kept& kept = manifest->all[0];
  EXPECT_EQ(kept.file, "history/un_sc/2026-11-23-" + base::sha256_hex(list).substr(0, 12) + ".xml");
  EXPECT_EQ(base::read_file(folder_ / kept.file).value(), list);
  EXPECT_EQ(kept.fetched, "2026-11-23T12:00:00Z");
  EXPECT_EQ(kept.version, "2026-01-01");
  EXPECT_TRUE(request_.etag.empty());
}

TEST_F(UpdateTest, WhatStandsIsAskedAboutAndNotFetchedAgain) {
  const std::string list = un_list("2026-01-01", 30);
  (void)answer(list, "\"a\"");
  options_.now += base::kDay;
  EXPECT_EQ(answer("", "", true).status, UpdateStatus::unchanged);
  EXPECT_EQ(request_.etag, "\"a\"");
  EXPECT_EQ(Manifest::read(folder_)->all.at(0).checked, "2026-11-24T12:00:00Z");
  // A server without tags sends the same bytes again.
  EXPECT_EQ(answer(list, "\"b\"").status, UpdateStatus::unchanged);
  EXPECT_EQ(versions(), 1u);
  // A file that was changed or lost since is fetched anew.
  std::ofstream(folder_ / "un_sc.xml") << "touched";
  EXPECT_EQ(answer(list, "\"b\"").status, UpdateStatus::fresh);
  EXPECT_TRUE(request_.etag.empty());
  EXPECT_EQ(standing(), list);
}

TEST_F(UpdateTest, ANewVersionTellsWhatChanged) {
  (void)answer(un_list("2026-01-01", 30));
  const Updated updated = answer(un_list("2026-02-01", 32));
  EXPECT_EQ(updated.status, UpdateStatus::fresh) << updated.why;
  EXPECT_EQ(updated.added, 2u);
  EXPECT_EQ(updated.removed, 0u);
  EXPECT_EQ(versions(), 2u);
}

TEST_F(UpdateTest, NothingButTheWholeExpectedListIsTaken) {
  const std::string list = un_list("2026-01-01", 60);
  (void)answer(list);
  const auto refused = [&](const std::string& body, std::string_view why) {
    const Updated updated = answer(body);
    EXPECT_EQ(updated.status, UpdateStatus::failed) << why;
    EXPECT_NE(updated.why.find(why), std::string::npos) << updated.why;
    EXPECT_EQ(standing(), list) << why;
    EXPECT_EQ(versions(), 1u) << why;
  };
  refused("", "0 bytes, expected at least 100");
  refused(list.substr(0, list.size() / 2), "broken XML");
  refused("<!DOCTYPE html><html><body>Access denied" + std::string(200, ' ') + "</body></html>",
          "expected un-xml, found no list of a known format");
  refused("<sdnList>" + std::string(200, ' ') + "</sdnList>", "expected un-xml, found ofac-xml");
  refused(un_list("2026-02-01", 2), "2 entities, expected at least 3");
  refused(un_list("2026-02-01", 20), "shrank from 60 to 20");
  options_.accept_shrink = true;
  EXPECT_EQ(answer(un_list("2026-02-01", 20)).removed, 40u);
  // An unasked 304 carries no list.
  fs::remove(folder_ / "un_sc.xml");
  EXPECT_EQ(answer("", "", true).status, UpdateStatus::failed);
}

TEST_F(UpdateTest, ADryRunWritesNothing) {
  options_.dry_run = true;
  EXPECT_EQ(answer(un_list("2026-01-01", 30)).status, UpdateStatus::fresh);
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(UpdateTest, AFullDiskLeavesTheOldListStanding) {
  const std::string list = un_list("2026-01-01", 30);
  (void)answer(list);
  // A limit on file size fails a write as a full disk does.
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 1024;
  setrlimit(RLIMIT_FSIZE, &small);
  const Updated updated = answer(un_list("2026-02-01", 200));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, ignored);
  EXPECT_EQ(updated.status, UpdateStatus::failed);
  EXPECT_EQ(standing(), list);
  EXPECT_EQ(versions(), 1u);
  for (const auto& entry : fs::recursive_directory_iterator(folder_))
    EXPECT_FALSE(entry.path().string().ends_with(".tmp")) << entry.path();
}

TEST_F(UpdateTest, OneFailureStopsNoOther) {
  Origin other = origin_;
  other.name = "other";
  options_.fetch = [](const FetchRequest& request) -> base::Result<Fetched> {
    if (request.max_bytes == 7) return base::fail("cut off");
    return Fetched{false, un_list("2026-01-01", 30), "", "", request.url};
  };
  origin_.max_bytes = 7;
  const auto all = update({origin_, other}, options_);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->at(0).why, "cut off");
  EXPECT_EQ(all->at(1).status, UpdateStatus::fresh);
}

TEST(Origins, TheOnesInTheProgramAreSound) {
  const auto bytes = base::resource("lists/sources.json");
  ASSERT_TRUE(bytes);
  const auto origins = parse_origins(*bytes, "sources.json");
  ASSERT_TRUE(origins) << origins.error().message;
  for (const Origin& origin : *origins) {
    EXPECT_FALSE(origin.licence.empty()) << origin.name;
    EXPECT_TRUE(origin.page.starts_with("https://")) << origin.name;
  }
}

TEST(Origins, BrokenOnesNameThePlace) {
  const auto error = [](std::string_view source) {
    const auto all = parse_origins("{\"sources\":[" + std::string(source) + "]}", "s");
    return all ? std::string() : all.error().message;
  };
  const auto with = [](std::string_view name, std::string_view url, std::string_view format) {
    return "{\"name\":\"" + std::string(name) + "\",\"url\":\"" + std::string(url) + "\",\"format\":\"" +
           std::string(format) + "\",\"extension\":\"xml\",\"max_bytes\":9,\"min_entities\":1}";
  };
  EXPECT_EQ(error(with("a", "https://x", "un-xml")), "");
  EXPECT_NE(error(with("../a", "https://x", "un-xml")).find("source 1"), std::string::npos);
  EXPECT_NE(error(with("a", "http://x", "un-xml")).find("https://"), std::string::npos);
  EXPECT_NE(error(with("a", "https://x", "ofac-csv-part")).find("'format'"), std::string::npos);
  EXPECT_NE(error(with("a", "https://x", "un-xml") + "," + with("a", "https://x", "un-xml")).find("source 2"),
            std::string::npos);
  EXPECT_NE(error("").find("names no source"), std::string::npos);
  EXPECT_FALSE(parse_origins("[", "s"));
}

}  // namespace
}  // namespace cordon::lists
