#include "cordon/posture/toml_reader.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/base/text.hpp"

namespace cordon::posture {

std::string describe(const toml::node& node) {
  if (const auto* text = node.as_string()) {
    const std::string shown = base::printable(text->get());
    return "the text '" + (shown.size() > 60 ? shown.substr(0, 57) + "..." : shown) + "'";
  }
  if (const auto* number = node.as_integer()) return fmt::format("the number {}", number->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("the number {}", number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  return "a date or time";
}

void Faults::add(const toml::node& at, std::string_view path, std::string_view expected,
                 std::string_view found) {
  const auto& source = at.source();
  add(fmt::format("{}: line {}: {}: expected {}, found {}", source.path ? *source.path : "scenario",
                  source.begin.line, base::printable(path), expected, found));
}

void Faults::add(std::string message) {
  if (!first_) first_ = base::Error{std::move(message)};
}

std::string Table::below(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void Table::fault(std::string_view name, std::string_view expected, std::string_view found) const {
  const toml::node* node = table_->get(name);
  faults_->add(node ? *node : static_cast<const toml::node&>(*table_), below(name), expected, found);
}

const toml::node* Table::get(std::string_view name, bool must, std::string_view expected) const {
  const toml::node* node = table_->get(name);
  if (!node && must) fault(name, expected, "nothing");
  return node;
}

void Table::only(std::initializer_list<std::string_view> names) const {
  for (const auto& [key, node] : *table_) {
    if (std::find(names.begin(), names.end(), key.str()) != names.end()) continue;
    std::string known;
    for (const auto name : names) known += (known.empty() ? "" : ", ") + std::string(name);
    faults_->add(node, below(key.str()), "one of " + known, "a name that means nothing here");
  }
}

std::string Table::text(std::string_view name, bool must, std::size_t most) const {
  const toml::node* node = get(name, must, "a text");
  if (!node) return {};
  const auto* text = node->as_string();
  if (!text) {
    fault(name, "a text", describe(*node));
    return {};
  }
  if (text->get().size() > most) fault(name, fmt::format("a text of at most {} bytes", most), "a longer one");
  return text->get();
}

double Table::number(std::string_view name, double least, double most,
                     std::optional<double> otherwise) const {
  const std::string expected = fmt::format("a number from {} to {}", least, most);
  const toml::node* node = get(name, !otherwise, expected);
  if (!node) return otherwise.value_or(least);
  const auto value = node->is_number() ? node->value<double>() : std::nullopt;
  if (value && std::isfinite(*value) && *value >= least && *value <= most) return *value;
  fault(name, expected, describe(*node));
  return least;
}

bool Table::flag(std::string_view name, bool otherwise) const {
  const toml::node* node = get(name, false, "");
  if (!node) return otherwise;
  if (const auto* flag = node->as_boolean()) return flag->get();
  fault(name, "true or false", describe(*node));
  return otherwise;
}

std::vector<std::string> Table::texts(std::string_view name) const {
  std::vector<std::string> out;
  const toml::node* node = get(name, false, "");
  if (!node) return out;
  const auto* list = node->as_array();
  if (!list) {
    fault(name, "a list of texts", describe(*node));
    return out;
  }
  for (const auto& item : *list) {
    if (const auto* text = item.as_string())
      out.push_back(text->get());
    else
      faults_->add(item, below(name), "a text", describe(item));
  }
  return out;
}

void Table::basis(std::string& words, bool& assumed) const {
  const bool sourced = has("source");
  assumed = has("assumed");
  if (sourced == assumed)
    fault(sourced ? "source" : "assumed", "either source = \"...\" or assumed = \"why\"",
          sourced ? "both" : "neither");
  words = text(assumed ? "assumed" : "source", true);
  if (words.empty()) fault(assumed ? "assumed" : "source", "where the number comes from", "an empty text");
}

Parameter Table::parameter(std::string_view name, const Kind& kind) const {
  Parameter out;
  out.unit = kind.unit;
  const std::string expected =
      fmt::format("{{ value = .., unit = \"{}\", source or assumed = .. }}", kind.unit);
  const toml::node* node = get(name, true, expected);
  if (!node) return out;
  if (!node->is_table()) {
    fault(name, expected, describe(*node));
    return out;
  }
  const Table table(*node->as_table(), below(name), *faults_);
  table.only({"value", "low", "high", "unit", "source", "assumed"});
  out.value = table.number("value", kind.least, kind.most);
  out.low = table.number("low", kind.least, kind.most, out.value);
  out.high = table.number("high", kind.least, kind.most, out.value);
  if (out.low > out.value)
    table.fault("low", fmt::format("at most the value {}", out.value), fmt::format("{}", out.low));
  if (out.high < out.value)
    table.fault("high", fmt::format("at least the value {}", out.value), fmt::format("{}", out.high));
  if (const auto unit = table.text("unit", true); unit != kind.unit)
    table.fault("unit", fmt::format("the unit '{}'", kind.unit), "'" + base::printable(unit) + "'");
  table.basis(out.basis, out.assumed);
  return out;
}

Weeks Table::weeks(std::string_view name) const {
  Weeks out;
  const std::string expected = "weeks from 1 to 52 such as [\"18-21\", 40]";
  const toml::node* node = get(name, true, expected);
  if (!node) return out;
  const auto* list = node->as_array();
  if (!list) {
    fault(name, expected, describe(*node));
    return out;
  }
  for (const auto& item : *list) {
    std::optional<int> from, to;
    if (const auto* number = item.as_integer()) {
      from = to = static_cast<int>(std::clamp<std::int64_t>(number->get(), -1, 1000));
    } else if (const auto* text = item.as_string()) {
      const auto parts = base::split(text->get(), '-');
      from = base::parse_number<int>(base::trim(parts.front()));
      if (parts.size() <= 2) to = base::parse_number<int>(base::trim(parts.back()));
    }
    if (!from || !to || *from < 1 || *to > static_cast<int>(kWeeks) || *from > *to) {
      faults_->add(item, below(name), expected, describe(item));
      return out;
    }
    for (int week = *from; week <= *to; ++week) out.set(static_cast<std::size_t>(week - 1));
  }
  return out;
}

Table Table::child(std::string_view name, bool must) const {
  static const toml::table empty;
  const toml::node* node = get(name, must, "a table");
  if (node && !node->is_table()) fault(name, "a table", describe(*node));
  const toml::table* table = node ? node->as_table() : nullptr;
  return {table ? *table : empty, below(name), *faults_};
}

}  // namespace cordon::posture
