// The schema check: what is incomplete is refused, with file, id and reason. Law is data: a jurisdiction is
// added as files.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "cordon/law/law.hpp"

namespace cordon::law {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

class Copy : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::temp_directory_path() /
           ("cordon_law_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(dir_);
    fs::copy(CORDON_SOURCE_DIR "/data/law", dir_, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(dir_); }
  Json read(const std::string& name) { return Json::parse(std::ifstream(dir_ / name)); }
  void write(const std::string& name, const Json& json) {
    fs::create_directories((dir_ / name).parent_path());
    std::ofstream(dir_ / name) << json.dump();
  }
  // The error after a change to the first measure of the UN.
  std::string broken(const std::function<void(Json&)>& change) {
    const Json good = read("un/measures.json");
    Json bad = good;
    change(bad["measures"][0]);
    write("un/measures.json", bad);
    auto book = LawBook::load(dir_.string());
    write("un/measures.json", good);
    return book ? "" : book.error().message;
  }
  fs::path dir_;
};

TEST_F(Copy, RefusesAMeasureWithoutSourceDateOrVerificationState) {
  ASSERT_TRUE(LawBook::load(dir_.string()));
  for (const char* key :
       {"sources", "start", "content_verified", "paragraph_verified", "citation", "summary", "force"}) {
    const std::string message = broken([&](Json& m) { m.erase(key); });
    EXPECT_NE(message.find("ARMS-1718-8a1"), std::string::npos) << key << ": " << message;
    EXPECT_NE(message.find("un/measures.json"), std::string::npos) << message;
  }
  EXPECT_FALSE(broken([](Json& m) { m["sources"] = Json::array(); }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["sources"] = {"NO-SUCH"}; }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["start"] = "2006"; }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["content_verified"] = "yes"; }).empty());
  // Confirmed, but by no text.
  EXPECT_FALSE(broken([](Json& m) {
                 m["sources"] = {"memory"};
                 m["content_verified"] = true;
               }).empty());
}

TEST_F(Copy, RefusesConditionsThatMeanNothing) {
  EXPECT_FALSE(broken([](Json& m) { m["when"] = {{"fact", "no_such_fact"}, {"is", true}}; }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["when"] = {{"fact", "activity"}, {"is", "frobnicate"}}; }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["when"] = {{"perhaps", true}}; }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["when"] = {{"term", "nothing"}}; }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["verdict"] = "forbidden"; }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["superseded_by"] = "NO-SUCH"; }).empty());
  EXPECT_FALSE(broken([](Json& m) { m["when"] = {{"reached", {"STS-2375-11"}}}; }).empty());  // stands later
  Json deep = {{"fact", "reported"}, {"is", true}};
  for (int i = 0; i < 100; ++i) deep = Json{{"not", deep}};
  EXPECT_FALSE(broken([&](Json& m) { m["when"] = deep; }).empty());
}

TEST_F(Copy, AJurisdictionIsAddedAsFilesAlone) {
  write("xx/jurisdiction.json", {{"code", "XX"}, {"name", "Examplia"}, {"order", 50}});
  write("xx/measures.json",
        Json::parse(R"({"measures":[{"id":"XX-1","instrument":"Act 1","paragraph":"1","citation":"Act 1 s. 1",
          "category":"goods","direction":"to_dprk","force":"law","summary":"No umbrellas to the DPRK.",
          "start":"2020-01-01","status":"in_force","sources":["memory"],"content_verified":false,
          "paragraph_verified":false,"when":{"all":[{"term":"out"},{"fact":"hs","prefix":["6601"]}]},
          "verdict":"prohibited"}]})"));
  auto book = LawBook::load(dir_.string());
  ASSERT_TRUE(book) << book.error().message;
  auto facts = Facts::parse(R"({"activity":"export","direction":"to_dprk","hs":"660110"})");
  const std::vector<std::string> codes{"XX"};
  EXPECT_EQ(check(*book, {2021, 1, 1}, *facts, codes).front().verdict, "prohibited");
  EXPECT_EQ(check(*book, {2019, 1, 1}, *facts, codes).front().verdict, "not_covered");
}

TEST_F(Copy, BrokenFilesAreNamed) {
  std::ofstream(dir_ / "ca/measures.json") << "{\"measures\": [";
  auto book = LawBook::load(dir_.string());
  ASSERT_FALSE(book);
  EXPECT_NE(book.error().message.find("ca/measures.json"), std::string::npos);
  EXPECT_FALSE(LawBook::load((dir_ / "nowhere").string()));
  EXPECT_FALSE(LawBook::load((dir_ / "facts.json").string()));
}

}  // namespace
}  // namespace cordon::law
