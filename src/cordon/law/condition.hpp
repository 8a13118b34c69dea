// Reads the condition language of data/law (docs/law.md, "Conditions") into nodes.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/law/compile.hpp"

namespace cordon::law {

class ConditionCompiler {
 public:
  explicit ConditionCompiler(Compiled& book) : book_(book) {}
  // Named word lists and conditions of facts.json; a name must be declared before it is used.
  void add_list(const std::string& name, std::vector<std::string> phrases) {
    lists_[name] = std::move(phrases);
  }
  base::Result<void> add_term(const std::string& name, const nlohmann::ordered_json& condition);
  // The node of a condition. owner: id of the measure it belongs to ("" for none), for {"hs_rows":true} and
  // named caps.
  base::Result<std::uint32_t> compile(const nlohmann::ordered_json& condition, std::string_view owner,
                                      const std::unordered_map<std::string, double>& caps);

  base::Result<std::uint16_t> slot(const std::string& name) const;
  std::uint32_t word(std::string_view value);  // interned form of a word value
  // The word a slot means by a spelling; an error where the slot declares its values and this is none of
  // them.
  base::Result<std::uint32_t> value_of(std::uint16_t slot, std::string_view spelling);

 private:
  base::Result<std::uint32_t> children(Op op, const nlohmann::ordered_json& list, std::string_view owner,
                                       const std::unordered_map<std::string, double>& caps);
  base::Result<std::uint32_t> leaf(const nlohmann::ordered_json& json, std::string_view owner,
                                   const std::unordered_map<std::string, double>& caps);
  base::Result<void> read_is(Node& node, const nlohmann::ordered_json& value);
  base::Result<void> read_words(Node& node, const nlohmann::ordered_json& value);
  base::Result<void> read_day(Node& node, Op op, const nlohmann::ordered_json& value);
  std::uint32_t push(Node node);

  Compiled& book_;
  std::unordered_map<std::string, std::vector<std::string>> lists_;
  std::unordered_map<std::string, std::uint32_t> term_index_;
  int depth_ = 0;
};

// "2616.90" -> "261690"; empty where it is not an HS code or a range of chapters.
std::string hs_digits(std::string_view text);
// "50-63" -> 50, 51, .. 63; "2616.90" -> 261690. Empty where it is not one.
std::vector<std::string> hs_expand(std::string_view text);

}  // namespace cordon::law
