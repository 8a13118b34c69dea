// Reads data/law into a book, refusing what is incomplete. Order: verdict words and sources, facts and goods
// vocabulary, then each jurisdiction (folders that hold a jurisdiction.json, by its "order").
#pragma once
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/law/compile.hpp"
#include "cordon/law/condition.hpp"

namespace cordon::law {

// Where the files come from: names relative to data/law.
struct Files {
  std::function<base::Result<std::string>(const std::string&)> read;
  std::vector<std::string> names;  // sorted
  bool has(const std::string& name) const;
};

struct Loader {
  explicit Loader(const Files& files) : files_(files), compiler_(book_) {}
  base::Result<LawBook> load();

 private:
  using Json = nlohmann::ordered_json;
  // load_facts.cpp
  base::Result<void> read_facts();
  base::Result<void> read_slots(const Json& json);
  base::Result<void> read_derivations(const Json& json);
  base::Result<void> read_goods_words(const std::string& file);
  base::Result<void> read_hs_tags();
  base::Result<void> read_petroleum();
  base::Result<void> read_not_covered();
  // load_measures.cpp
  base::Result<void> read_verdicts();
  base::Result<void> read_sources();
  base::Result<void> read_jurisdictions();
  base::Result<void> read_hs_rows(const std::string& file);
  base::Result<void> read_measures(const std::string& file, std::uint32_t jurisdiction);
  base::Result<void> read_measure(const Json& json, std::uint32_t jurisdiction);
  base::Result<void> read_exemptions(const std::string& file, std::uint32_t jurisdiction);
  base::Result<void> read_exemption(const Json& json, std::uint32_t jurisdiction);
  base::Result<void> compile_rules();
  base::Result<void> compile_rule(std::uint32_t index);
  base::Result<void> compile_exemption(std::uint32_t index);
  base::Result<std::vector<Outcome>> read_outcomes(const Json& json, const std::string& id,
                                                   const std::unordered_map<std::string, double>& caps,
                                                   const std::string& fallback);
  // What measures and exemptions have in common.
  struct Head {
    std::string id;
    model::Citation citation;
    base::Date start, end;
    std::string source_keys;
  };
  base::Result<Head> read_head(const Json& json);
  base::Result<model::Citation> read_citation(const Json& json);
  base::Result<std::string> read_source_keys(const Json& json);
  base::Result<std::uint8_t> verdict_rank(const std::string& word) const;
  // shared
  base::Result<Json> json(const std::string& file);
  base::Result<base::CsvTable> csv(const std::string& file);

  const Files& files_;
  LawBook result_;
  Compiled& book_ = *result_.compiled_;
  ConditionCompiler compiler_;
  std::set<std::string> source_keys_;
  std::vector<Json> measure_json_, exemption_json_;
};

// A text member; an error names the member where it is missing, empty or not text.
base::Result<std::string> text_of(const nlohmann::ordered_json& json, const char* key);
std::string text_or(const nlohmann::ordered_json& json, const char* key, std::string otherwise = {});
std::vector<std::string> list_of(const nlohmann::ordered_json& json, const char* key);

}  // namespace cordon::law
