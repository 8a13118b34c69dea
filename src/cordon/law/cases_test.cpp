// The public legal cases: expected verdict and expected citation are scored apart. The floors only rise.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "cordon/base/bytes.hpp"
#include "cordon/law/law.hpp"

namespace cordon::law {
namespace {

using Json = nlohmann::ordered_json;

std::string key_of(const Json& basis) {
  for (const char* name : {"measure_id", "exemption_id", "citation"})
    if (basis.contains(name)) return basis[name].get<std::string>();
  return {};
}

struct Score {
  int expected = 0, verdicts = 0, citations = 0, first = 0;
};

Score score(const LawBook& book, const Json& cases) {
  Score total;
  for (const Json& one : cases) {
    auto facts = Facts::parse(one["facts"].dump());
    EXPECT_TRUE(facts) << facts.error().message;
    const auto date = base::parse_date(one["date"].get<std::string>());
    std::set<std::string> asked;
    for (const Json& want : one["expected"]) {
      const std::string code = want["jurisdiction"];
      const std::vector<std::string> codes{code};
      const auto got = check(book, *date, *facts, codes);
      const std::string word = want["verdict"];
      ++total.expected;
      if (asked.insert(code).second && !got.empty() && got.front().verdict == word) ++total.first;
      const auto hit =
          std::find_if(got.begin(), got.end(), [&](const Verdict& v) { return v.verdict == word; });
      std::set<std::string> named;
      for (const Verdict& verdict : got) {
        if (hit != got.end() && &verdict != &*hit) continue;
        for (const Basis& basis : verdict.basis) named.insert({basis.id, basis.citation.text});
      }
      bool cited = true;
      for (const Json& basis : want["basis"]) cited = cited && named.contains(key_of(basis));
      total.verdicts += hit != got.end() ? 1 : 0;
      total.citations += cited ? 1 : 0;
      if (hit == got.end() || !cited)
        std::printf("%s %s: expected %s, found %s; citation %s\n", one["id"].get<std::string>().c_str(),
                    code.c_str(), word.c_str(), got.empty() ? "nothing" : got.front().verdict.c_str(),
                    cited ? "right" : "wrong");
    }
  }
  return total;
}

TEST(Cases, PublicCasesVerdictAndCitation) {
  const std::filesystem::path path = CORDON_SOURCE_DIR "/../shared/data/law/cases.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no shared case file";
  auto book = LawBook::embedded();
  ASSERT_TRUE(book) << book.error().message;
  auto text = base::read_file(path);
  ASSERT_TRUE(text);
  const Json all = Json::parse(*text);
  const Score total = score(**book, all["cases"]);
  std::printf("%d expected verdicts: verdict %d, citation %d, first answer %d\n", total.expected,
              total.verdicts, total.citations, total.first);
  EXPECT_EQ(all["cases"].size(), 25u);
  EXPECT_GE(total.verdicts, 39);
  EXPECT_GE(total.citations, 39);
  EXPECT_GE(total.first, 38);
}

// Questions of our own, judged by the text: all of them are answered.
TEST(Cases, OwnQuestions) {
  auto book = LawBook::embedded();
  ASSERT_TRUE(book) << book.error().message;
  auto text = base::read_file(CORDON_SOURCE_DIR "/tests/law/questions.json");
  ASSERT_TRUE(text) << text.error().message;
  const Json all = Json::parse(*text);
  const Score total = score(**book, all["cases"]);
  std::printf("own questions: %d expected verdicts: verdict %d, citation %d\n", total.expected,
              total.verdicts, total.citations);
  EXPECT_GE(total.expected, 140);
  EXPECT_EQ(total.verdicts, total.expected);
  EXPECT_EQ(total.citations, total.expected);
  EXPECT_EQ(total.first, total.expected);
}

}  // namespace
}  // namespace cordon::law
