#include "cordon/network/rule.hpp"

#include <simdjson.h>

#include <utility>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"

namespace cordon::network {
namespace {

namespace dom = simdjson::dom;

constexpr std::string_view kFile = "law/ownership.json";
constexpr std::array<std::string_view, kRules.size()> kNames{"OFAC", "EU", "UK", "CA", "UN", "CA-UN"};

std::string text_of(const dom::element& object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return {};
  return std::string(text);
}

bool flag_of(const dom::element& object, std::string_view key) {
  bool flag = false;
  return object[key].get(flag) == simdjson::SUCCESS && flag;
}

base::Result<base::Date> date_of(const dom::element& object, std::string_view key) {
  const std::string text = text_of(object, key);
  if (text.empty()) return base::Date{};
  if (const auto date = base::parse_date(text)) return *date;
  return base::fail("{}: '{}' expects a date, found '{}'", kFile, key, text);
}

base::Result<Carries> parse_carries(std::string_view word) {
  if (word == "yes") return Carries::yes;
  if (word == "possible") return Carries::possible;
  if (word == "no") return Carries::no;
  return base::fail("{}: 'carries' expects yes, possible or no, found '{}'", kFile, word);
}

base::Result<RuleVersion> read_version(const dom::element& object) {
  RuleVersion version;
  const std::string name = text_of(object, "rule");
  const auto rule = parse_rule(name);
  if (!rule) return base::fail("{}: unknown rule '{}'", kFile, name);
  version.rule = *rule;
  const auto from = date_of(object, "from"), until = date_of(object, "until");
  if (!from) return tl::unexpected(from.error());
  if (!until) return tl::unexpected(until.error());
  version.from = *from;
  version.until = *until;
  if (double number = 0; object["threshold"].get(number) == simdjson::SUCCESS) {
    version.threshold = share_of(number);
    if (!version.threshold) return base::fail("{}: {}: threshold outside 0..100", kFile, name);
    version.strictly_more = text_of(object, "operator") == ">";
  }
  version.aggregate = flag_of(object, "aggregate");
  version.votes = flag_of(object, "votes");
  version.joint = flag_of(object, "joint");
  version.share_word = text_of(object, "share_word");
  version.text = text_of(object, "text");
  version.citation = text_of(object, "citation");
  version.verified_in = text_of(object, "verified_in");
  version.note = text_of(object, "note");
  if (dom::object carries; object["carries"].get(carries) == simdjson::SUCCESS) {
    for (const auto& [key, value] : carries) {
      const auto kind = model::parse_relation_kind(key);
      if (!kind) return base::fail("{}: {}: unknown kind of edge '{}'", kFile, name, key);
      std::string_view word;
      if (value.get(word) != simdjson::SUCCESS) word = {};
      const auto parsed = parse_carries(word);
      if (!parsed) return tl::unexpected(parsed.error());
      version.carries[static_cast<std::size_t>(*kind)] = *parsed;
    }
  }
  if (dom::array words; object["authorities"].get(words) == simdjson::SUCCESS) {
    for (const dom::element& word : words)
      if (std::string_view text; word.get(text) == simdjson::SUCCESS) version.authorities.emplace_back(text);
  }
  return version;
}

struct Book {
  std::vector<RuleVersion> versions;
  std::vector<std::pair<std::string, std::string>> authorities;  // beginning of a data set's name, word
};

base::Result<Book> read_book() {
  const auto bytes = base::resource(kFile);
  if (!bytes) return tl::unexpected(bytes.error());
  dom::parser parser;
  dom::element root;
  if (const auto error = parser.parse(simdjson::padded_string(*bytes)).get(root))
    return base::fail("{}: {}", kFile, simdjson::error_message(error));
  Book book;
  dom::array rules, authorities;
  if (root["rules"].get(rules) != simdjson::SUCCESS) return base::fail("{}: 'rules' is missing", kFile);
  for (const dom::element& object : rules) {
    auto version = read_version(object);
    if (!version) return tl::unexpected(version.error());
    book.versions.push_back(std::move(*version));
  }
  if (root["authorities"].get(authorities) == simdjson::SUCCESS) {
    for (const dom::element& object : authorities) {
      dom::array datasets;
      if (object["datasets"].get(datasets) != simdjson::SUCCESS) continue;
      for (const dom::element& dataset : datasets)
        if (std::string_view text; dataset.get(text) == simdjson::SUCCESS)
          book.authorities.emplace_back(text, text_of(object, "word"));
    }
  }
  return book;
}

// Read once; the error, if there is one, is told to every caller.
const base::Result<Book>& book() {
  static const base::Result<Book> read = read_book();
  return read;
}

}  // namespace

std::string_view to_string(Rule rule) {
  return kNames.at(static_cast<std::size_t>(rule));
}

std::optional<Rule> parse_rule(std::string_view name) {
  for (const Rule rule : kRules)
    if (base::iequals(name, to_string(rule))) return rule;
  return std::nullopt;
}

bool RuleVersion::reached(std::int64_t share) const {
  if (!threshold) return share > kWhole / 2;
  return strictly_more ? share > *threshold : share >= *threshold;
}

bool RuleVersion::counts(const Listing& listing) const {
  if (listing.authority.empty()) return true;
  for (const std::string& authority : authorities)
    if (authority == listing.authority) return true;
  return false;
}

base::Result<RuleVersion> rule_version(Rule rule, const base::Date& day) {
  const auto& read = book();
  if (!read) return tl::unexpected(read.error());
  const RuleVersion* latest = nullptr;
  for (const RuleVersion& version : read->versions) {
    if (version.rule != rule) continue;
    const bool in_force = holds(version.from, version.until, day) != Holds::no;
    if (in_force && (!latest || version.from > latest->from)) latest = &version;
  }
  if (!latest) return base::fail("rule {}: not in force on {}", to_string(rule), base::to_string(day));
  return *latest;
}

std::string authority_of(const model::Entity& entity) {
  const auto& read = book();
  if (!read) return {};
  const std::string_view printed = entity.first("authority");
  const std::string_view dataset = entity.source.dataset();
  std::string found;
  for (const auto& [beginning, word] : read->authorities) {
    if (word == printed) return word;
    if (found.empty() && dataset.starts_with(beginning)) found = word;
  }
  return found;
}

}  // namespace cordon::network
