#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "cordon/base/text.hpp"
#include "cordon/law/load.hpp"

namespace cordon::law {
namespace {

using Json = nlohmann::ordered_json;

base::Result<base::Date> date_member(const Json& json, const char* key) {
  auto text = text_of(json, key);
  if (!text) return tl::unexpected(text.error());
  const auto date = base::parse_date(*text);
  if (!date || !date->complete()) return base::fail("{}: expected YYYY-MM-DD, found '{}'", key, *text);
  return *date;
}

base::Result<base::Date> optional_date(const Json& json, const char* key) {
  if (!json.contains(key) || json[key].is_null()) return base::Date{};
  return date_member(json, key);
}

base::Result<bool> bool_member(const Json& json, const char* key) {
  if (!json.contains(key) || !json[key].is_boolean())
    return base::fail("{}: expected true or false (the verification state must be stated)", key);
  return json[key].get<bool>();
}

std::unordered_map<std::string, double> caps_of(const Json& json) {
  std::unordered_map<std::string, double> caps;
  if (json.contains("caps") && json["caps"].is_object())
    for (const auto& [name, value] : json["caps"].items())
      if (value.is_number()) caps[name] = value.get<double>();
  return caps;
}

std::int64_t last_day(const base::Date& end) {
  return end.empty() ? std::numeric_limits<std::int64_t>::max() : base::days_since_epoch(end);
}

}  // namespace

base::Result<void> Loader::read_verdicts() {
  auto all = json("verdicts.json");
  if (!all) return tl::unexpected(all.error());
  book_.version = text_or(*all, "version");
  if (book_.version.empty())
    return base::fail("law/verdicts.json: no \"version\" (the day the data was compiled)");
  for (const Json& item : all->value("verdicts", Json::array())) {
    VerdictWord word;
    word.word = text_or(item, "word");
    word.meaning = text_or(item, "meaning");
    const std::string kind = text_or(item, "kind");
    word.kind = kind == "restrictive"  ? VerdictWord::Kind::restrictive
                : kind == "open"       ? VerdictWord::Kind::open
                : kind == "permissive" ? VerdictWord::Kind::permissive
                                       : VerdictWord::Kind::none;
    if (word.word.empty() || word.meaning.empty())
      return base::fail("law/verdicts.json: a word without meaning");
    book_.verdicts.push_back(std::move(word));
  }
  for (const char* word :
       {"needs_more_information", "not_covered", "expired_or_superseded", "allowed_by_exemption"})
    if (auto rank = verdict_rank(word); !rank) return tl::unexpected(rank.error());
  return {};
}

base::Result<std::uint8_t> Loader::verdict_rank(const std::string& word) const {
  for (std::size_t i = 0; i < book_.verdicts.size(); ++i)
    if (book_.verdicts[i].word == word) return static_cast<std::uint8_t>(i);
  return base::fail("'{}' is not a verdict of verdicts.json", word);
}

base::Result<void> Loader::read_sources() {
  auto all = json("sources.json");
  if (!all) return tl::unexpected(all.error());
  for (const Json& item : all->value("sources", Json::array())) {
    LawSource source{text_or(item, "key"), text_or(item, "what"), text_or(item, "location"),
                     text_or(item, "grade")};
    if (source.key.empty() || source.what.empty() || source.grade.empty())
      return base::fail("law/sources.json: '{}' needs key, what and grade", source.key);
    if (!source_keys_.insert(source.key).second)
      return base::fail("law/sources.json: '{}' is there twice", source.key);
    book_.sources.push_back(std::move(source));
  }
  return {};
}

base::Result<std::string> Loader::read_source_keys(const Json& item) {
  std::string keys;
  for (const std::string& key : list_of(item, "sources")) {
    if (!source_keys_.contains(key)) return base::fail("source '{}' is not in sources.json", key);
    if (!keys.empty()) keys += ' ';
    keys += key;
  }
  if (keys.empty()) return base::fail("no source: \"sources\" must name where this was read");
  return keys;
}

base::Result<model::Citation> Loader::read_citation(const Json& item) {
  model::Citation citation;
  auto text = text_of(item, "citation");
  auto instrument = text_of(item, "instrument");
  if (!text) return tl::unexpected(text.error());
  if (!instrument) return tl::unexpected(instrument.error());
  citation.text = *text;
  citation.instrument = *instrument;
  citation.paragraph = text_or(item, "paragraph");
  auto paragraph = bool_member(item, "paragraph_verified");
  if (!paragraph) return tl::unexpected(paragraph.error());
  auto content = bool_member(item, "content_verified");
  if (!content) return tl::unexpected(content.error());
  citation.paragraph_verified = *paragraph;
  citation.content_verified = *content;
  return citation;
}

base::Result<void> Loader::read_hs_rows(const std::string& file) {
  auto table = csv(file);
  if (!table) return tl::unexpected(table.error());
  const auto id = table->require({"measure_id"}), hs = table->require({"hs"}),
             sources = table->require({"sources"}), verified = table->require({"verified"});
  const auto only = table->column({"only"});
  if (!id || !hs || !sources || !verified)
    return base::fail("law/{}: columns measure_id, hs, sources and verified are needed", file);
  for (std::size_t row = 0; row < table->size(); ++row) {
    const auto codes = hs_expand(table->cell(row, *hs));
    if (codes.empty())
      return base::fail("law/{}: line {}: '{}' is not an HS code", file, table->line(row),
                        table->cell(row, *hs));
    if (table->cell(row, *sources).empty() || table->cell(row, *verified).empty())
      return base::fail("law/{}: line {}: no source or verification state", file, table->line(row));
    std::uint32_t tag = kNoWord;
    if (const auto text = table->cell(row, only); !text.empty()) {
      auto word = compiler_.value_of(book_.slot_tags, text);
      if (!word) return base::fail("law/{}: line {}: {}", file, table->line(row), word.error().message);
      tag = *word;
    }
    for (const std::string& code : codes)
      book_.rows_of[std::string(table->cell(row, *id))].push_back({code, tag});
  }
  return {};
}

base::Result<Loader::Head> Loader::read_head(const Json& item) {
  auto id = text_of(item, "id");
  if (!id) return tl::unexpected(id.error());
  const auto failed = [&](const base::Error& error) { return base::fail("{}: {}", *id, error.message); };
  auto citation = read_citation(item);
  if (!citation) return failed(citation.error());
  auto start = date_member(item, "start");
  if (!start) return failed(start.error());
  auto end = optional_date(item, "end");
  if (!end) return failed(end.error());
  auto keys = read_source_keys(item);
  if (!keys) return failed(keys.error());
  if (book_.measure_index.contains(*id) || book_.exemption_index.contains(*id))
    return base::fail("{}: the id is there twice", *id);
  citation->date = *start;
  return Head{std::move(*id), std::move(*citation), *start, *end, std::move(*keys)};
}

base::Result<void> Loader::read_measure(const Json& item, std::uint32_t jurisdiction) {
  auto head = read_head(item);
  if (!head) return tl::unexpected(head.error());
  if (head->citation.content_verified && head->source_keys == "memory")
    return base::fail("{}: content_verified without a source other than memory", head->id);
  for (const char* key : {"category", "direction", "force", "summary", "status"})
    if (auto text = text_of(item, key); !text) return base::fail("{}: {}", head->id, text.error().message);
  model::Measure measure;
  measure.id = head->id;
  measure.jurisdiction = book_.jurisdictions[jurisdiction].code;
  measure.citation = std::move(head->citation);
  measure.category = text_or(item, "category");
  measure.direction = text_or(item, "direction");
  measure.force = text_or(item, "force");
  measure.summary = text_or(item, "summary");
  measure.status = text_or(item, "status");
  measure.hs = list_of(item, "hs");
  measure.exemptions = list_of(item, "exemptions");
  measure.start = head->start;
  measure.end = head->end;
  measure.superseded_by = text_or(item, "superseded_by");
  measure.may_or_must = text_or(item, "may_or_must");
  const auto index = static_cast<std::uint32_t>(book_.measures.size());
  book_.measure_index.emplace(measure.id, index);
  Rule rule;
  rule.jurisdiction = jurisdiction;
  rule.start_day = base::days_since_epoch(measure.start);
  rule.last_day = last_day(measure.end);
  rule.source_keys = std::move(head->source_keys);
  if (const std::string resolution = text_or(item, "resolution"); !resolution.empty()) {
    const std::string number = measure.citation.paragraph.substr(0, measure.citation.paragraph.find('('));
    book_.by_paragraph[resolution + "/" + number].push_back(index);
  }
  book_.measures.push_back(std::move(measure));
  book_.rules.push_back(std::move(rule));
  measure_json_.push_back(item);
  return {};
}

base::Result<void> Loader::read_measures(const std::string& file, std::uint32_t jurisdiction) {
  auto all = json(file);
  if (!all) return tl::unexpected(all.error());
  const auto first = static_cast<std::uint32_t>(book_.measures.size());
  for (const Json& item : all->value("measures", Json::array()))
    if (auto done = read_measure(item, jurisdiction); !done)
      return base::fail("law/{}: {}", file, done.error().message);
  book_.range[jurisdiction] = {first, static_cast<std::uint32_t>(book_.measures.size())};
  return {};
}

base::Result<void> Loader::read_exemption(const Json& item, std::uint32_t jurisdiction) {
  auto head = read_head(item);
  if (!head) return tl::unexpected(head.error());
  Exemption exemption;
  exemption.id = head->id;
  exemption.jurisdiction = book_.jurisdictions[jurisdiction].code;
  exemption.citation = std::move(head->citation);
  exemption.summary = text_or(item, "summary");
  exemption.who_decides = text_or(item, "who_decides");
  exemption.form = text_or(item, "form");
  exemption.start = head->start;
  exemption.end = head->end;
  exemption.lifts = list_of(item, "lifts");
  if (exemption.summary.empty()) return base::fail("{}: no summary", head->id);
  const auto index = static_cast<std::uint32_t>(book_.exemptions.size());
  book_.exemption_index.emplace(exemption.id, index);
  ExemptionRule rule;
  rule.jurisdiction = jurisdiction;
  rule.start_day = base::days_since_epoch(exemption.start);
  rule.last_day = last_day(exemption.end);
  rule.source_keys = std::move(head->source_keys);
  book_.exemptions.push_back(std::move(exemption));
  book_.exemption_rules.push_back(std::move(rule));
  exemption_json_.push_back(item);
  return {};
}

base::Result<void> Loader::read_exemptions(const std::string& file, std::uint32_t jurisdiction) {
  auto all = json(file);
  if (!all) return tl::unexpected(all.error());
  for (const Json& item : all->value("exemptions", Json::array()))
    if (auto done = read_exemption(item, jurisdiction); !done)
      return base::fail("law/{}: {}", file, done.error().message);
  return {};
}

base::Result<void> Loader::read_jurisdictions() {
  struct Folder {
    int order;
    std::string dir;
    Jurisdiction jurisdiction;
  };
  std::vector<Folder> folders;
  for (const std::string& name : files_.names) {
    constexpr std::string_view kFile = "/jurisdiction.json";
    if (!name.ends_with(kFile)) continue;
    auto all = json(name);
    if (!all) return tl::unexpected(all.error());
    Folder folder{all->value("order", 100),
                  name.substr(0, name.size() - kFile.size()),
                  {text_or(*all, "code"), text_or(*all, "name"), text_or(*all, "note")}};
    if (folder.jurisdiction.code.empty() || folder.jurisdiction.name.empty())
      return base::fail("law/{}: code and name are needed", name);
    folders.push_back(std::move(folder));
  }
  if (folders.empty()) return base::fail("law: no folder with a jurisdiction.json");
  std::stable_sort(folders.begin(), folders.end(),
                   [](const Folder& a, const Folder& b) { return a.order < b.order; });
  for (Folder& folder : folders) {
    const auto index = static_cast<std::uint32_t>(book_.jurisdictions.size());
    if (!book_.jurisdiction_index.try_emplace(folder.jurisdiction.code, index).second)
      return base::fail("law/{}: jurisdiction '{}' is there twice", folder.dir, folder.jurisdiction.code);
    book_.jurisdictions.push_back(folder.jurisdiction);
    book_.range.emplace_back();
    if (files_.has(folder.dir + "/hs.csv"))
      if (auto done = read_hs_rows(folder.dir + "/hs.csv"); !done) return done;
    if (auto done = read_measures(folder.dir + "/measures.json", index); !done) return done;
    if (files_.has(folder.dir + "/exemptions.json"))
      if (auto done = read_exemptions(folder.dir + "/exemptions.json", index); !done) return done;
  }
  for (const auto& [id, rows] : book_.rows_of)
    if (!book_.measure_index.contains(id))
      return base::fail("law: hs.csv names the unknown measure '{}'", id);
  return {};
}

base::Result<std::vector<Outcome>> Loader::read_outcomes(const Json& item, const std::string& id,
                                                         const std::unordered_map<std::string, double>& caps,
                                                         const std::string& fallback) {
  std::vector<Outcome> outcomes;
  const auto read = [&](const Json& from, bool conditional) -> base::Result<void> {
    Outcome outcome;
    auto rank = verdict_rank(text_or(from, "verdict", fallback));
    if (!rank) return tl::unexpected(rank.error());
    outcome.verdict = *rank;
    outcome.because = text_or(from, "because");
    outcome.missing = list_of(from, "missing");
    outcome.separate = from.value("separate", false);
    if (conditional) {
      auto when = compiler_.compile(from.value("when", Json::object()), id, caps);
      if (!when) return tl::unexpected(when.error());
      outcome.when = *when;
      outcome.has_when = true;
    }
    outcomes.push_back(std::move(outcome));
    return {};
  };
  for (const Json& one : item.value("cases", Json::array()))
    if (auto done = read(one, true); !done) return tl::unexpected(done.error());
  if (auto done = read(item, false); !done) return tl::unexpected(done.error());
  return outcomes;
}

base::Result<void> Loader::compile_rule(std::uint32_t index) {
  const Json& item = measure_json_[index];
  const std::string& id = book_.measures[index].id;
  Rule& rule = book_.rules[index];
  const auto caps = caps_of(item);
  rule.caps = caps;
  if (!caps.empty()) {
    const Json& stated = item["caps"];
    for (const Json& percent : stated.value("notify_pct", Json::array()))
      rule.notify_pct.push_back(percent.get<double>());
    if (const std::string start = text_or(stated, "period_start"); !start.empty()) {
      const auto date = base::parse_date("2000-" + start);
      if (!date || !date->complete())
        return base::fail("caps: period_start: expected MM-DD, found '{}'", start);
      rule.period_month = date->month;
      rule.period_day = date->day;
    }
  }
  if (const std::string& next = book_.measures[index].superseded_by; !next.empty()) {
    const auto place = book_.measure_index.find(next);
    if (place == book_.measure_index.end()) return base::fail("superseded_by: no measure '{}'", next);
    // On the day its successor starts, the successor is the law.
    if (!book_.measures[index].end.empty())
      rule.last_day = std::min(rule.last_day, book_.rules[place->second].start_day - 1);
  }
  if (item.contains("when")) {
    auto when = compiler_.compile(item["when"], id, caps);
    if (!when) return tl::unexpected(when.error());
    rule.when = *when;
    rule.decides = true;
    rule.condition = item["when"].dump();
    rule.joins = item.value("joins", false);
    auto outcomes = read_outcomes(item, id, caps, rule.joins ? "not_covered" : "");
    if (!outcomes) return tl::unexpected(outcomes.error());
    rule.outcomes = std::move(*outcomes);
  }
  for (const char* key : {"near", "asked"}) {
    if (!item.contains(key)) continue;
    auto node = compiler_.compile(item[key], id, caps);
    if (!node) return tl::unexpected(node.error());
    (std::string_view(key) == "near" ? rule.near : rule.asked) = *node;
    (std::string_view(key) == "near" ? rule.has_near : rule.has_asked) = true;
  }
  const auto indices = [&](const char* key, std::vector<std::uint32_t>& to) -> base::Result<void> {
    for (const std::string& other : list_of(item, key)) {
      const auto place = book_.measure_index.find(other);
      if (place == book_.measure_index.end()) return base::fail("{}: no measure '{}'", key, other);
      to.push_back(place->second);
    }
    return {};
  };
  if (auto done = indices("yields_to", rule.yields_to); !done) return done;
  if (auto done = indices("also", rule.also); !done) return done;
  for (std::uint32_t i = 0; i < book_.exemptions.size(); ++i) {
    if (book_.exemption_rules[i].jurisdiction != rule.jurisdiction) continue;
    const auto& lifts = book_.exemptions[i].lifts;
    if (std::find(lifts.begin(), lifts.end(), id) != lifts.end() ||
        std::find(lifts.begin(), lifts.end(), "*") != lifts.end())
      rule.exemptions.push_back(i);
  }
  for (const std::string& named : book_.measures[index].exemptions)
    if (!book_.exemption_index.contains(named)) return base::fail("no exemption '{}'", named);
  return {};
}

base::Result<void> Loader::compile_exemption(std::uint32_t index) {
  const Json& item = exemption_json_[index];
  const std::string& id = book_.exemptions[index].id;
  for (const std::string& lifted : book_.exemptions[index].lifts)
    if (lifted != "*" && !book_.measure_index.contains(lifted))
      return base::fail("lifts: no measure '{}'", lifted);
  if (!item.contains("when")) return {};
  ExemptionRule& rule = book_.exemption_rules[index];
  auto when = compiler_.compile(item["when"], id, {});
  if (!when) return tl::unexpected(when.error());
  rule.when = *when;
  rule.decides = true;
  rule.open = item.value("open", false);
  rule.condition = item["when"].dump();
  auto outcomes = read_outcomes(item, id, {}, "allowed_by_exemption");
  if (!outcomes) return tl::unexpected(outcomes.error());
  rule.outcomes = std::move(*outcomes);
  return {};
}

base::Result<void> Loader::compile_rules() {
  for (std::uint32_t i = 0; i < book_.measures.size(); ++i)
    if (auto done = compile_rule(i); !done)
      return base::fail("law: {}: {}", book_.measures[i].id, done.error().message);
  for (std::uint32_t i = 0; i < book_.exemptions.size(); ++i)
    if (auto done = compile_exemption(i); !done)
      return base::fail("law: {}: {}", book_.exemptions[i].id, done.error().message);
  return {};
}

}  // namespace cordon::law
