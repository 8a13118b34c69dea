#include "cordon/law/condition.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cordon/base/text.hpp"

namespace cordon::law {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kMaxDepth = 20;

std::vector<std::string> as_list(const Json& json) {
  std::vector<std::string> list;
  if (json.is_string()) list.push_back(json.get<std::string>());
  if (json.is_array())
    for (const Json& item : json)
      if (item.is_string()) list.push_back(item.get<std::string>());
  return list;
}

}  // namespace

std::string hs_digits(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c != '.' && c != ' ') {
      return {};
    }
  }
  return digits.size() <= 10 ? digits : std::string{};
}

std::vector<std::string> hs_expand(std::string_view text) {
  const std::string_view trimmed = base::trim(text);
  const auto dash = trimmed.find('-');
  if (dash == std::string_view::npos) {
    std::string digits = hs_digits(trimmed);
    if (digits.size() < 2) return {};
    return {std::move(digits)};
  }
  const std::string low = hs_digits(trimmed.substr(0, dash)), high = hs_digits(trimmed.substr(dash + 1));
  if (low.size() != high.size() || (low.size() != 2 && low.size() != 4)) return {};
  const int first = *base::parse_number<int>(low), last = *base::parse_number<int>(high);
  std::vector<std::string> all;
  for (int code = first; code <= last && all.size() < 100; ++code)
    all.push_back(fmt::format("{:0{}d}", code, low.size()));
  return all;
}

std::uint32_t ConditionCompiler::push(Node node) {
  book_.nodes.push_back(node);
  return static_cast<std::uint32_t>(book_.nodes.size() - 1);
}

base::Result<std::uint16_t> ConditionCompiler::slot(const std::string& name) const {
  const auto place = book_.names.find(name);
  if (place == book_.names.end()) return base::fail("fact '{}' is not declared in facts.json", name);
  return place->second.slot;
}

std::uint32_t ConditionCompiler::word(std::string_view value) {
  const auto [place, fresh] =
      book_.word_ids.try_emplace(value_form(value), static_cast<std::uint32_t>(book_.words.size()));
  if (fresh) book_.words.push_back(place->first);
  return place->second;
}

base::Result<std::uint32_t> ConditionCompiler::value_of(std::uint16_t slot, std::string_view spelling) {
  const auto& known = book_.synonyms[slot];
  if (const auto place = known.find(value_form(spelling)); place != known.end()) return place->second;
  if (book_.slots[slot].declared_values)
    return base::fail("'{}' is not a value of fact '{}'", spelling, book_.slots[slot].name);
  return word(spelling);
}

base::Result<void> ConditionCompiler::add_term(const std::string& name, const Json& condition) {
  auto node = compile(condition, {}, {});
  if (!node) return base::fail("term '{}': {}", name, node.error().message);
  term_index_[name] = static_cast<std::uint32_t>(book_.terms.size());
  book_.terms.push_back(*node);
  return {};
}

base::Result<std::uint32_t> ConditionCompiler::children(Op op, const Json& list, std::string_view owner,
                                                        const std::unordered_map<std::string, double>& caps) {
  if (!list.is_array() || list.empty()) return base::fail("all/any need a list of conditions");
  std::vector<std::uint32_t> nodes;
  for (const Json& item : list) {
    auto node = compile(item, owner, caps);
    if (!node) return node;
    nodes.push_back(*node);
  }
  Node node{.op = op};
  node.first = static_cast<std::uint32_t>(book_.pool.size());
  node.count = static_cast<std::uint32_t>(nodes.size());
  book_.pool.insert(book_.pool.end(), nodes.begin(), nodes.end());
  return push(node);
}

base::Result<void> ConditionCompiler::read_is(Node& node, const Json& value) {
  node.op = Op::is;
  const Slot& slot = book_.slots[node.slot];
  if (slot.kind == SlotKind::flag) {
    if (!value.is_boolean()) return base::fail("fact '{}' is true or false", slot.name);
    node.number = value.get<bool>() ? 1 : 0;
    return {};
  }
  if (slot.kind != SlotKind::word) return base::fail("fact '{}' cannot be compared with \"is\"", slot.name);
  const auto values = as_list(value);
  if (values.empty()) return base::fail("fact '{}': \"is\" needs a value", slot.name);
  node.first = static_cast<std::uint32_t>(book_.pool.size());
  for (const std::string& item : values) {
    auto id = value_of(node.slot, item);
    if (!id) return tl::unexpected(id.error());
    book_.pool.push_back(*id);
  }
  node.count = static_cast<std::uint32_t>(values.size());
  return {};
}

base::Result<void> ConditionCompiler::read_words(Node& node, const Json& value) {
  node.op = Op::words;
  node.first = static_cast<std::uint32_t>(book_.pool.size());
  for (const std::string& item : as_list(value)) {
    if (item.starts_with('@')) {
      const auto list = lists_.find(item.substr(1));
      if (list == lists_.end()) return base::fail("word list '{}' is not declared", item);
      for (const std::string& phrase : list->second) book_.pool.push_back(book_.vocabulary.add(phrase));
    } else {
      book_.pool.push_back(book_.vocabulary.add(item));
    }
    if (book_.pool.back() == kNoWord) return base::fail("'{}' is an empty phrase", item);
  }
  node.count = static_cast<std::uint32_t>(book_.pool.size()) - node.first;
  if (node.count == 0) return base::fail("\"words\" needs phrases");
  return {};
}

base::Result<void> ConditionCompiler::read_day(Node& node, Op op, const Json& value) {
  if (book_.slots[node.slot].kind != SlotKind::date)
    return base::fail("fact '{}' is not a date", book_.slots[node.slot].name);
  const auto date = value.is_string() ? base::parse_date(value.get<std::string>()) : std::nullopt;
  if (!date || !date->complete()) return base::fail("expected a date YYYY-MM-DD, found {}", value.dump());
  node.op = op;
  node.number = static_cast<double>(base::days_since_epoch(*date));
  return {};
}

base::Result<std::uint32_t> ConditionCompiler::leaf(const Json& json, std::string_view owner,
                                                    const std::unordered_map<std::string, double>& caps) {
  Node node;
  std::vector<std::string> names;
  if (json.contains("sum")) {
    names = as_list(json["sum"]);
  } else if (json.contains("fact") && json["fact"].is_string()) {
    names = {json["fact"].get<std::string>()};
  }
  if (names.empty()) return base::fail("unknown condition {}", json.dump());
  std::vector<std::uint16_t> slots;
  for (const std::string& name : names) {
    auto found = slot(name);
    if (!found) return tl::unexpected(found.error());
    slots.push_back(*found);
  }
  node.slot = slots.front();
  for (const auto& [key, value] : json.items()) {
    if (key == "fact" || key == "sum") continue;
    base::Result<void> done;
    if (key == "is") {
      done = read_is(node, value);
    } else if (key == "words") {
      done = read_words(node, value);
    } else if (key == "known" && value == true) {
      node.op = Op::known;
    } else if (key == "prefix") {
      node.op = Op::prefix;
      if (book_.slots[node.slot].kind != SlotKind::hs) return base::fail("\"prefix\" is for HS codes");
      node.first = static_cast<std::uint32_t>(book_.hs.size());
      for (const std::string& item : as_list(value))
        for (std::string& code : hs_expand(item)) book_.hs.push_back({std::move(code), kNoWord});
      node.count = static_cast<std::uint32_t>(book_.hs.size()) - node.first;
      if (node.count == 0) return base::fail("\"prefix\" needs HS codes, found {}", value.dump());
    } else if (key == "before") {
      done = read_day(node, Op::before, value);
    } else if (key == "from") {
      done = read_day(node, Op::from, value);
    } else if (key == "until") {
      done = read_day(node, Op::until, value);
    } else if (key == "at_least" || key == "at_most" || key == "above" || key == "below") {
      node.op = Op::compare;
      node.compare = key == "at_least"  ? Compare::at_least
                     : key == "at_most" ? Compare::at_most
                     : key == "above"   ? Compare::above
                                        : Compare::below;
      if (value.is_number()) {
        node.number = value.get<double>();
      } else if (value.is_object() && value.contains("cap") && value["cap"].is_string() &&
                 caps.contains(value["cap"].get<std::string>())) {
        node.number = caps.at(value["cap"].get<std::string>());
      } else {
        return base::fail("expected a number or a cap of {}, found {}", owner, value.dump());
      }
      node.first = static_cast<std::uint32_t>(book_.pool.size());
      node.count = static_cast<std::uint32_t>(slots.size());
      for (const std::uint16_t s : slots) {
        if (book_.slots[s].kind != SlotKind::number)
          return base::fail("fact '{}' is not a number", book_.slots[s].name);
        book_.pool.push_back(s);
      }
    } else {
      return base::fail("unknown key '{}' in condition {}", key, json.dump());
    }
    if (!done) return tl::unexpected(done.error());
  }
  if (json.size() != 2) return base::fail("a condition on a fact has one test: {}", json.dump());
  return push(node);
}

base::Result<std::uint32_t> ConditionCompiler::compile(const Json& json, std::string_view owner,
                                                       const std::unordered_map<std::string, double>& caps) {
  if (!json.is_object() || json.empty()) return base::fail("expected a condition, found {}", json.dump());
  if (depth_ > kMaxDepth) return base::fail("conditions nested deeper than {}", kMaxDepth);
  ++depth_;
  struct Leave {
    int& depth;
    ~Leave() { --depth; }
  } leave{depth_};
  const std::string key = json.begin().key();
  const Json& value = json.begin().value();
  if (key == "fact" || key == "sum") return leaf(json, owner, caps);
  if (json.size() != 1) return base::fail("a condition has one key: {}", json.dump());
  if (key == "all") return children(Op::all, value, owner, caps);
  if (key == "any") return children(Op::any, value, owner, caps);
  if (key == "not" || key == "sure" || key == "maybe") {
    auto inner = compile(value, owner, caps);
    if (!inner) return inner;
    Node node{.op = key == "not" ? Op::negate : key == "sure" ? Op::sure : Op::maybe};
    node.first = *inner;
    return push(node);
  }
  if (key == "term") {
    const auto place = value.is_string() ? term_index_.find(value.get<std::string>()) : term_index_.end();
    if (place == term_index_.end()) return base::fail("term {} is not declared before its use", value.dump());
    Node node{.op = Op::term};
    node.first = place->second;
    return push(node);
  }
  if (key == "hs_rows") {
    const std::string id = value.is_string() ? value.get<std::string>() : std::string(owner);
    const auto rows = book_.rows_of.find(id);
    if (rows == book_.rows_of.end()) return base::fail("no goods list of '{}' in any hs.csv", id);
    Node node{.op = Op::rows, .slot = book_.slot_hs};
    node.first = static_cast<std::uint32_t>(book_.hs.size());
    node.count = static_cast<std::uint32_t>(rows->second.size());
    book_.hs.insert(book_.hs.end(), rows->second.begin(), rows->second.end());
    return push(node);
  }
  if (key == "reached") {
    Node node{.op = Op::reached};
    node.first = static_cast<std::uint32_t>(book_.pool.size());
    for (const std::string& id : as_list(value)) {
      const auto place = book_.measure_index.find(id);
      const auto self = book_.measure_index.find(std::string(owner));
      if (place == book_.measure_index.end()) return base::fail("\"reached\": no measure '{}'", id);
      if (self != book_.measure_index.end() && place->second >= self->second)
        return base::fail("\"reached\": '{}' must stand before '{}' in the file", id, owner);
      book_.pool.push_back(place->second);
    }
    node.count = static_cast<std::uint32_t>(book_.pool.size()) - node.first;
    if (node.count == 0) return base::fail("\"reached\" needs ids");
    return push(node);
  }
  return base::fail("unknown condition '{}'", key);
}

}  // namespace cordon::law
