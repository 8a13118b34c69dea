#include <nlohmann/json.hpp>

#include "cordon/base/text.hpp"
#include "cordon/law/load.hpp"

namespace cordon::law {
namespace {

std::optional<SlotKind> kind_of(const std::string& name) {
  if (name == "flag") return SlotKind::flag;
  if (name == "number") return SlotKind::number;
  if (name == "date") return SlotKind::date;
  if (name == "word") return SlotKind::word;
  if (name == "text") return SlotKind::text;
  if (name == "hs") return SlotKind::hs;
  return std::nullopt;
}

}  // namespace

base::Result<void> Loader::read_slots(const Json& all) {
  if (!all.contains("facts") || !all["facts"].is_array()) return base::fail("facts.json: no \"facts\" list");
  for (const Json& item : all["facts"]) {
    Slot slot;
    auto name = text_of(item, "name");
    auto meaning = text_of(item, "meaning");
    auto kind = text_of(item, "kind");
    if (!name) return base::fail("facts.json: {}", name.error().message);
    if (!meaning || !kind) return base::fail("facts.json: fact '{}' needs kind and meaning", *name);
    const auto parsed = kind_of(*kind);
    if (!parsed) return base::fail("facts.json: fact '{}': unknown kind '{}'", *name, *kind);
    slot.name = *name;
    slot.meaning = *meaning;
    slot.kind = *parsed;
    slot.ask = text_or(item, "ask");
    slot.unit = text_or(item, "unit");
    slot.absent_is_no = text_or(item, "absent") == "no";
    slot.declared_values = item.value("closed", false);
    slot.percent = item.value("percent", false);
    slot.required = item.value("required", false);
    const auto index = static_cast<std::uint16_t>(book_.slots.size());
    if (!book_.names.try_emplace(slot.name, Alias{index, 1}).second)
      return base::fail("facts.json: fact '{}' is declared twice", slot.name);
    book_.slots.push_back(std::move(slot));
    book_.synonyms.emplace_back();
    if (item.contains("aliases")) {
      // A list of names, or name -> factor into the unit of the fact.
      for (const auto& [key, value] : item["aliases"].items()) {
        const bool scaled = item["aliases"].is_object();
        const std::string alias = scaled ? key : value.get<std::string>();
        if (!book_.names.try_emplace(alias, Alias{index, scaled ? value.get<double>() : 1}).second)
          return base::fail("facts.json: name '{}' is used twice", alias);
      }
    }
    if (item.contains("values")) {
      for (const auto& [value, spellings] : item["values"].items()) {
        const std::uint32_t word = compiler_.word(value);
        book_.synonyms[index][value_form(value)] = word;
        for (const Json& spelling : spellings) {
          const auto [place, fresh] =
              book_.synonyms[index].try_emplace(value_form(spelling.get<std::string>()), word);
          if (!fresh && place->second != word)
            return base::fail("facts.json: fact '{}': '{}' means two values", *name,
                              spelling.get<std::string>());
        }
      }
    }
  }
  const auto need = [&](const char* name, std::uint16_t& slot) -> base::Result<void> {
    const auto place = book_.names.find(name);
    if (place == book_.names.end()) return base::fail("facts.json: fact '{}' must be declared", name);
    slot = place->second.slot;
    return {};
  };
  std::uint16_t quantity = 0;
  for (const auto& [name, slot] :
       std::initializer_list<std::pair<const char*, std::uint16_t*>>{{"goods", &book_.slot_goods},
                                                                     {"hs", &book_.slot_hs},
                                                                     {"tags", &book_.slot_tags},
                                                                     {"any", &book_.slot_any},
                                                                     {"date", &book_.slot_date},
                                                                     {"direction", &book_.slot_direction},
                                                                     {"relies_on", &book_.slot_basis},
                                                                     {"quantity_bbl", &quantity},
                                                                     {"quantity_t", &quantity},
                                                                     {"quantity_kl", &quantity},
                                                                     {"year_total_bbl", &quantity},
                                                                     {"year_total_t", &quantity},
                                                                     {"year_total_kl", &quantity}})
    if (auto done = need(name, *slot); !done) return done;
  return {};
}

base::Result<void> Loader::read_derivations(const Json& all) {
  if (!all.contains("derive")) return {};
  for (const Json& item : all["derive"]) {
    const auto failed = [&](const base::Error& error) {
      return base::fail("facts.json: derive {}: {}", item.dump(), error.message);
    };
    Derivation derivation;
    auto when = compiler_.compile(item.value("when", Json::object()), {}, {});
    if (!when) return failed(when.error());
    derivation.when = *when;
    for (const char* verb : {"set", "add"}) {
      if (!item.contains(verb)) continue;
      for (const auto& [name, value] : item[verb].items()) {
        Derivation::Set set;
        auto slot = compiler_.slot(name);
        if (!slot) return failed(slot.error());
        set.slot = *slot;
        set.adds = std::string_view(verb) == "add";
        const SlotKind kind = book_.slots[*slot].kind;
        if (kind == SlotKind::hs && value.is_string()) {
          set.hs = value.get<std::string>();
        } else if (kind == SlotKind::word && value.is_string()) {
          auto word = compiler_.value_of(*slot, value.get<std::string>());
          if (!word) return failed(word.error());
          set.word = *word;
        } else if (kind == SlotKind::flag && value.is_boolean()) {
          set.number = value.get<bool>() ? 1 : 0;
        } else if (kind == SlotKind::number && value.is_number()) {
          set.number = value.get<double>();
        } else {
          return failed({fmt::format("'{}' cannot be set to {}", name, value.dump())});
        }
        derivation.sets.push_back(std::move(set));
      }
    }
    if (derivation.sets.empty()) return failed({"it sets nothing"});
    book_.derivations.push_back(std::move(derivation));
  }
  return {};
}

base::Result<void> Loader::read_goods_words(const std::string& file) {
  auto table = csv(file);
  if (!table) return tl::unexpected(table.error());
  const auto phrases = table->require({"phrases"});
  const auto hs = table->require({"hs"});
  const auto tags = table->require({"tags"});
  if (!phrases || !hs || !tags) return base::fail("law/{}: columns phrases, hs and tags are needed", file);
  for (std::size_t row = 0; row < table->size(); ++row) {
    Compiled::GoodsWord says;
    for (const std::string_view code : base::split(table->cell(row, *hs), ';')) {
      if (base::trim(code).empty()) continue;
      auto codes = hs_expand(code);
      if (codes.empty())
        return base::fail("law/{}: line {}: '{}' is not an HS code", file, table->line(row), code);
      says.hs.insert(says.hs.end(), codes.begin(), codes.end());
    }
    for (const std::string_view tag : base::split(table->cell(row, *tags), ';')) {
      if (base::trim(tag).empty()) continue;
      auto word = compiler_.value_of(book_.slot_tags, base::trim(tag));
      if (!word) return base::fail("law/{}: line {}: {}", file, table->line(row), word.error().message);
      says.tags.push_back(*word);
    }
    for (const std::string_view phrase : base::split(table->cell(row, *phrases), ';')) {
      if (base::trim(phrase).empty()) continue;
      const std::uint32_t id = book_.vocabulary.add(phrase);
      if (id == kNoWord)
        return base::fail("law/{}: line {}: '{}' has no letters", file, table->line(row), phrase);
      auto& entry = book_.goods_words[id];
      entry.tags.insert(entry.tags.end(), says.tags.begin(), says.tags.end());
      entry.hs.insert(entry.hs.end(), says.hs.begin(), says.hs.end());
    }
  }
  return {};
}

base::Result<void> Loader::read_hs_tags() {
  auto table = csv("goods/hs_tags.csv");
  if (!table) return tl::unexpected(table.error());
  const auto hs = table->require({"hs"}), tags = table->require({"tags"});
  if (!hs || !tags) return base::fail("law/goods/hs_tags.csv: columns hs and tags are needed");
  for (std::size_t row = 0; row < table->size(); ++row) {
    const auto codes = hs_expand(table->cell(row, *hs));
    if (codes.empty())
      return base::fail("law/goods/hs_tags.csv: line {}: '{}' is not an HS code", table->line(row),
                        table->cell(row, *hs));
    for (const std::string_view tag : base::split(table->cell(row, *tags), ';')) {
      auto word = compiler_.value_of(book_.slot_tags, base::trim(tag));
      if (!word)
        return base::fail("law/goods/hs_tags.csv: line {}: {}", table->line(row), word.error().message);
      for (const std::string& code : codes) book_.hs_tags.emplace_back(code, *word);
    }
  }
  return {};
}

base::Result<void> Loader::read_petroleum() {
  auto table = csv("goods/petroleum.csv");
  if (!table) return tl::unexpected(table.error());
  const auto product = table->require({"product"}), tag = table->require({"tag"}),
             barrels = table->require({"barrels_per_tonne"});
  const auto tonnes = table->column({"tonnes_per_kilolitre"});
  if (!product || !tag || !barrels)
    return base::fail("law/goods/petroleum.csv: columns product, tag and barrels_per_tonne are needed");
  for (std::size_t row = 0; row < table->size(); ++row) {
    Petroleum factor;
    factor.product = table->cell(row, *product);
    const std::string_view named = table->cell(row, *tag);
    if (named == "reference only") continue;
    if (!named.empty()) {
      auto word = compiler_.value_of(book_.slot_tags, named);
      if (!word)
        return base::fail("law/goods/petroleum.csv: line {}: {}", table->line(row), word.error().message);
      factor.tag = *word;
    }
    const auto number = base::parse_number<double>(table->cell(row, *barrels));
    if (!number || *number <= 0)
      return base::fail("law/goods/petroleum.csv: line {}: barrels_per_tonne: expected a number, found '{}'",
                        table->line(row), table->cell(row, *barrels));
    factor.barrels_per_tonne = *number;
    factor.tonnes_per_kilolitre = base::parse_number<double>(table->cell(row, tonnes)).value_or(0);
    book_.petroleum.push_back(std::move(factor));
  }
  return {};
}

// Read after the measures: it names the one a reader might think of.
base::Result<void> Loader::read_not_covered() {
  auto table = csv("goods/not_covered.csv");
  if (!table) return tl::unexpected(table.error());
  const auto direction = table->require({"direction"}), hs = table->require({"hs"}),
             why = table->require({"why"}), near = table->require({"near"});
  if (!direction || !hs || !why || !near)
    return base::fail("law/goods/not_covered.csv: columns direction, hs, why and near are needed");
  for (std::size_t row = 0; row < table->size(); ++row) {
    const auto codes = hs_expand(table->cell(row, *hs));
    auto word = compiler_.value_of(book_.slot_direction, table->cell(row, *direction));
    const auto measure = book_.measure_index.find(std::string(table->cell(row, *near)));
    if (codes.empty() || !word || measure == book_.measure_index.end())
      return base::fail("law/goods/not_covered.csv: line {}: expected direction, HS code and a measure id",
                        table->line(row));
    for (const std::string& code : codes)
      book_.not_covered.push_back({*word, code, std::string(table->cell(row, *why)), measure->second});
  }
  return {};
}

base::Result<void> Loader::read_facts() {
  auto all = json("facts.json");
  if (!all) return tl::unexpected(all.error());
  if (auto done = read_slots(*all); !done) return done;
  const Json lists = all->value("lists", Json::object());
  for (const auto& [name, list] : lists.items()) {
    std::vector<std::string> phrases;
    for (const Json& phrase : list) phrases.push_back(phrase.get<std::string>());
    compiler_.add_list(name, std::move(phrases));
  }
  for (const char* file : {"goods/words.csv", "goods/luxury.csv"})
    if (auto done = read_goods_words(file); !done) return done;
  if (auto done = read_hs_tags(); !done) return done;
  if (auto done = read_petroleum(); !done) return done;
  const Json terms = all->value("terms", Json::object());
  for (const auto& [name, condition] : terms.items())
    if (auto done = compiler_.add_term(name, condition); !done)
      return base::fail("facts.json: {}", done.error().message);
  return read_derivations(*all);
}

}  // namespace cordon::law
