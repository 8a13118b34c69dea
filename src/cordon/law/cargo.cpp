#include "cordon/law/cargo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "cordon/base/csv.hpp"
#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"
#include "cordon/law/condition.hpp"
#include "cordon/law/evaluate.hpp"

namespace cordon::law {
namespace {

constexpr std::string_view kTo = "to_dprk", kFrom = "from_dprk";

// "export" and "import" as the trader outside the DPRK says it; else a word the law knows; else nothing.
std::string direction_of(const Compiled& book, std::string_view text) {
  const std::string form = value_form(text);
  if (form == "export" || form == "exports" || form == "out" || form == "outbound") return std::string(kTo);
  if (form == "import" || form == "imports" || form == "in" || form == "inbound") return std::string(kFrom);
  const auto& known = book.synonyms[book.slot_direction];
  const auto place = known.find(form);
  return place == known.end() ? std::string() : book.words[place->second];
}

// One HS code as a trader writes it: "HS 2701.12", "0301", "301" where a spreadsheet ate the zero. Ranges are
// the law's to read. Empty, with a doubt, where it is none.
std::string hs_code(std::string_view text, std::vector<std::string>& doubts) {
  std::string_view code = base::trim(text);
  if (code.size() > 2 && base::iequals(code.substr(0, 2), "hs")) code.remove_prefix(2);
  while (!code.empty() && (code.front() == ':' || code.front() == ' ')) code.remove_prefix(1);
  if (code.find('-') != std::string_view::npos && !hs_expand(code).empty()) return std::string(code);
  std::string digits;
  for (const char c : code) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c != '.' && c != ' ') {
      digits.clear();
      break;
    }
  }
  // Codes have pairs of digits: an odd count is a leading zero lost, which only chapters 01 to 09 have.
  if (digits.size() % 2 == 1 && digits.front() != '0') {
    digits.insert(digits.begin(), '0');
    doubts.push_back(fmt::format("HS code '{}' has an odd number of digits: read as {}.", code, digits));
  }
  constexpr std::size_t kLongest = 10;
  const bool chapter =
      digits.size() >= 2 && digits.compare(0, 2, "01") >= 0 && digits.compare(0, 2, "97") <= 0;
  if (!chapter || digits.size() > kLongest || digits.size() % 2 == 1 || digits.starts_with("77")) {
    doubts.push_back(fmt::format("'{}' is no HS code: expected 2 to 10 digits of chapters 01 to 97.",
                                 base::printable(code.substr(0, 40))));
    return {};
  }
  return digits;
}

std::vector<std::string> hs_codes(std::string_view text, std::vector<std::string>& doubts) {
  std::vector<std::string> codes;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t to = std::min(text.find_first_of(",;|/", from), text.size());
    if (!base::trim(text.substr(from, to - from)).empty()) {
      std::string code = hs_code(text.substr(from, to - from), doubts);
      if (!code.empty()) codes.push_back(std::move(code));
    }
    from = to + 1;
  }
  return codes;
}

// "1,000.5" -> 1000.5; nothing for anything else.
std::optional<double> amount(std::string_view text) {
  std::string digits(base::trim(text));
  std::erase(digits, ',');
  std::erase(digits, ' ');
  const auto number = base::parse_number<double>(digits);
  if (!number || !std::isfinite(*number) || *number < 0) return std::nullopt;
  return number;
}

// A unit is a spelling of one of the quantities of facts.json, or of the count of items.
void read_quantity(const LawBook& law, std::string_view text, std::string_view unit, CargoRow& row) {
  if (base::trim(text).empty()) return;
  const auto number = amount(text);
  if (!number) {
    row.doubts.push_back(fmt::format("Quantity '{}' is no number.", base::printable(text.substr(0, 40))));
    return;
  }
  const Compiled& book = law.compiled();
  std::string form = base::ascii_lower(base::trim(unit));
  std::replace(form.begin(), form.end(), ' ', '_');
  while (form.ends_with('.')) form.pop_back();
  if (form == "l" || form == "ltr") form = "litres";
  if (form == "gal" || form == "gallons" || form == "gallon") form = "us_gallons";
  if (form == "ton" || form == "metric_tonne") form = "tonnes";
  for (const std::string_view each :
       {"pcs", "pc", "piece", "pieces", "item", "items", "set", "sets", "nos", "ea"})
    if (form == each) form = "units";
  const auto place = book.names.find(form);
  for (const char* quantity : {"quantity_bbl", "quantity_t", "quantity_kl", "quantity_cases"}) {
    if (form == quantity || place == book.names.end() || place->second.slot != book.names.at(quantity).slot)
      continue;
    row.facts.set(quantity, *number * place->second.scale);
    return;
  }
  row.doubts.push_back(
      form.empty()
          ? fmt::format("Quantity {} has no unit: expected bbl, t, kg, kl, litres, US gallons or pcs.", text)
          : fmt::format("Unit '{}' is not known: expected bbl, t, kg, kl, litres, US gallons or pcs.",
                        base::printable(unit.substr(0, 40))));
}

// What was understood, with the direction the facts themselves give.
struct Understood {
  CargoGoods goods;
  std::string direction;
};

Understood understand(const Compiled& book, const base::Date& date, const Facts& facts) {
  thread_local Case one;
  one.prepare(book, date, facts);
  Understood found;
  found.goods.hs = one.hs();
  for (const std::uint32_t tag : one.words(book.slot_tags)) found.goods.kinds.push_back(book.words[tag]);
  std::sort(found.goods.kinds.begin(), found.goods.kinds.end());
  const auto barrels = book.names.at("quantity_bbl").slot, tonnes = book.names.at("quantity_t").slot;
  const bool liquid =
      std::find(found.goods.kinds.begin(), found.goods.kinds.end(), "petroleum") != found.goods.kinds.end();
  if (one.known(barrels) && liquid) found.goods.barrels = one.number(barrels);
  if (one.known(tonnes)) found.goods.tonnes = one.number(tonnes);
  for (const std::string_view way : {kTo, kFrom}) {
    const auto word = book.word_ids.find(std::string(way));
    if (word != book.word_ids.end() && one.has_word(book.slot_direction, word->second)) found.direction = way;
  }
  return found;
}

std::size_t rank(const Compiled& book, const Verdict& verdict) {
  std::size_t at = 0;
  while (at < book.verdicts.size() && book.verdicts[at].word != verdict.verdict) ++at;
  return at;
}

bool calls_for_attention(const Compiled& book, const Verdict& verdict) {
  const std::size_t at = rank(book, verdict);
  return at < book.verdicts.size() && (book.verdicts[at].kind == VerdictWord::Kind::restrictive ||
                                       book.verdicts[at].kind == VerdictWord::Kind::open);
}

CargoAnswer answer(const LawBook& law, const base::Date& date, Facts facts, std::string direction,
                   std::span<const std::string> jurisdictions) {
  if (!direction.empty()) facts.set("direction", direction);
  if (!facts.find("activity")) facts.set("activity", direction == kFrom ? "acquire" : "supply");
  CargoAnswer one;
  one.verdicts = check(law, date, facts, jurisdictions);
  one.direction = std::move(direction);
  return one;
}

// Whether words and stated codes speak of different chapters: a misdescribed cargo is an old way to move it.
bool disagree(const CargoGoods& stated, const CargoGoods& words) {
  if (stated.hs.empty() || words.hs.empty()) return false;
  for (const std::string& a : stated.hs)
    for (const std::string& b : words.hs)
      if (a.substr(0, 2) == b.substr(0, 2)) return false;
  return true;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += between;
    out += text;
  }
  return out;
}

}  // namespace

base::Result<CargoFile> read_cargo(const LawBook& law, std::string_view csv, std::string name,
                                   const base::Date& default_date) {
  const Compiled& book = law.compiled();
  const auto table = base::CsvTable::parse(csv, name);
  if (!table) return tl::unexpected(table.error());
  const auto id = table->column({"id"}), date = table->column({"date"}),
             unit = table->column({"unit", "uom"}), direction = table->column({"direction", "dir"}),
             quantity = table->column({"quantity", "qty", "amount"}), schema = table->column({"schema"}),
             party = table->column({"name"});
  struct Column {
    std::size_t index = 0;
    std::string fact;  // as facts.json names it, or a spelling of it
    bool hs = false, goods = false;
  };
  std::vector<Column> columns;
  bool any = false;
  for (std::size_t i = 0; i < table->header().size(); ++i) {
    if (i == id || i == date || i == unit || i == direction || i == quantity || i == schema || i == party)
      continue;
    std::string fact = base::ascii_lower(base::trim(table->header()[i]));
    std::replace(fact.begin(), fact.end(), ' ', '_');
    const auto place = book.names.find(fact);
    if (place == book.names.end()) continue;
    const bool hs = place->second.slot == book.slot_hs, goods = place->second.slot == book.slot_goods;
    any = any || hs || goods;
    columns.push_back({i, std::move(fact), hs, goods});
  }
  if (!any) return base::fail("{}: line 1: expected a column 'hs' or 'goods'", name);
  CargoFile file;
  for (std::size_t i = 0; i < table->size(); ++i) {
    CargoRow row;
    row.id = id ? std::string(table->cell(i, id)) : fmt::format("{}", table->line(i));
    row.date = default_date;
    bool named = false;
    if (const std::string_view text = base::trim(table->cell(i, date)); !text.empty()) {
      const auto day = base::parse_date(text);
      row.date = day.value_or(base::Date{});
      if (!day || !day->complete())
        row.doubts.push_back(
            fmt::format("Date '{}' is no complete day.", base::printable(text.substr(0, 40))));
    }
    if (const std::string_view text = base::trim(table->cell(i, direction)); !text.empty()) {
      row.direction = direction_of(book, text);
      if (row.direction.empty())
        row.doubts.push_back(fmt::format("Direction '{}' is not known: expected to_dprk or from_dprk.",
                                         base::printable(text.substr(0, 40))));
    }
    for (const Column& column : columns) {
      const std::string_view text = base::trim(table->cell(i, column.index));
      if (text.empty()) continue;
      if (column.hs) {
        auto codes = hs_codes(text, row.doubts);
        named = named || !codes.empty();
        if (!codes.empty()) row.facts.set(column.fact, std::move(codes));
      } else {
        named = named || column.goods;
        row.facts.set(column.fact, std::string(text));
      }
    }
    read_quantity(law, table->cell(i, quantity), table->cell(i, unit), row);
    if (!named && row.doubts.empty())
      file.rejects.add("row with neither HS code nor goods", fmt::format("line {}", table->line(i)));
    else
      file.rows.push_back(std::move(row));
  }
  return file;
}

Cargo screen_cargo(const LawBook& law, const CargoRow& row, std::span<const std::string> jurisdictions) {
  const Compiled& book = law.compiled();
  Cargo cargo;
  cargo.doubts = row.doubts;
  const Understood stated = understand(book, row.date, row.facts);
  cargo.goods = stated.goods;
  // The same facts without the codes.
  Facts spoken;
  bool has_goods = false;
  for (const auto& [name, value] : row.facts.all()) {
    const auto place = book.names.find(name);
    if (place != book.names.end() && place->second.slot == book.slot_hs) continue;
    has_goods = has_goods || (place != book.names.end() && place->second.slot == book.slot_goods);
    spoken.set(name, value);
  }
  const Understood words = has_goods ? understand(book, row.date, spoken) : Understood{};
  const bool misfit = disagree(stated.goods, words.goods);
  if (misfit) {
    cargo.doubts.push_back(
        fmt::format("The description speaks of HS {}, the stated code is {}: one is wrong.",
                    joined(words.goods.hs, ", "), joined(stated.goods.hs, ", ")));
  }
  std::vector<std::string> ways;
  if (!row.direction.empty()) {
    ways = {row.direction};
  } else if (!stated.direction.empty()) {
    ways = {stated.direction};
  } else {
    ways = {std::string(kFrom), std::string(kTo)};
  }
  for (const std::string& way : ways) {
    cargo.answers.push_back(answer(law, row.date, row.facts, way, jurisdictions));
    if (!misfit) continue;
    CargoAnswer by_words = answer(law, row.date, spoken, way, jurisdictions);
    by_words.by_words = true;
    const auto& by_code = cargo.answers.back().verdicts;
    bool stricter = false;
    for (std::size_t i = 0; i < by_words.verdicts.size() && i < by_code.size(); ++i)
      stricter = stricter || rank(book, by_words.verdicts[i]) < rank(book, by_code[i]);
    if (stricter) cargo.answers.push_back(std::move(by_words));
  }
  for (const CargoAnswer& one : cargo.answers)
    for (const Verdict& verdict : one.verdicts)
      cargo.attention = cargo.attention || calls_for_attention(book, verdict);
  return cargo;
}

void append_json(std::string& out, const CargoRow& row, const Cargo& cargo) {
  base::JsonWriter json(out);
  const auto list = [&](std::string_view name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    json.key(name);
    json.begin_array();
    for (const std::string& text : texts) json.value(std::string_view(text));
    json.end_array();
  };
  json.begin_object();
  json.field("id", row.id);
  if (!row.date.empty()) json.field("date", base::to_string(row.date));
  list("hs", cargo.goods.hs);
  list("kinds", cargo.goods.kinds);
  if (cargo.goods.barrels > 0) json.fixed_field("barrels", cargo.goods.barrels, 1);
  if (cargo.goods.tonnes > 0) json.fixed_field("tonnes", cargo.goods.tonnes, 3);
  list("doubts", cargo.doubts);
  json.key("cargo");
  json.begin_array();
  for (const CargoAnswer& one : cargo.answers) {
    json.begin_object();
    json.field("direction", one.direction);
    if (one.by_words) json.field("by", "description");
    json.key("verdicts");
    std::string verdicts;
    append_verdicts(verdicts, {}, one.verdicts);
    json.raw(verdicts);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void append_csv_rows(std::string& out, const CargoRow& row, const Cargo& cargo) {
  for (const CargoAnswer& one : cargo.answers) {
    for (const Verdict& verdict : one.verdicts) {
      std::vector<std::string> measures;
      for (const Basis& basis : verdict.basis) measures.push_back(basis.id);
      const std::string cells[] = {row.id,
                                   base::to_string(row.date),
                                   one.direction,
                                   one.by_words ? "description" : "",
                                   verdict.jurisdiction,
                                   verdict.verdict,
                                   joined(measures, "; "),
                                   verdict.because,
                                   joined(verdict.missing, " "),
                                   joined(cargo.doubts, " ")};
      for (const std::string& cell : cells) {
        if (&cell != &cells[0]) out += ',';
        base::append_csv(out, cell);
      }
      out += '\n';
    }
  }
}

}  // namespace cordon::law
