#include "cordon/detect/registry.hpp"

#include <cstddef>
#include <optional>
#include <string>

#include "cordon/base/bytes.hpp"
#include "cordon/base/csv.hpp"
#include "cordon/base/ids.hpp"
#include "cordon/base/text.hpp"

namespace cordon::detect {
namespace {

// Registers write metres with or without decimals; dimensions are compared to the metre.
template <class Whole>
Whole whole(std::string_view text, double limit) {
  const auto value = base::parse_number<double>(base::trim(text));
  return value && *value > 0 && *value <= limit ? static_cast<Whole>(*value + 0.5) : Whole{0};
}

}  // namespace

base::Result<std::vector<model::RegisteredVessel>> parse_registry(std::string_view csv, std::string_view name,
                                                                  base::Tally* rejected) {
  auto table = base::CsvTable::parse(csv, std::string(name));
  if (!table) return tl::unexpected(table.error());
  const auto imo = table->require({"imo", "imo_number", "imonumber"});
  if (!imo) return tl::unexpected(imo.error());
  const auto mmsi = table->column({"mmsi"}), label = table->column({"name", "vessel_name"}),
             flag = table->column({"flag", "country"}), type = table->column({"type", "vessel_type"}),
             callsign = table->column({"callsign", "call_sign"}),
             length = table->column({"length", "length_m"}),
             beam = table->column({"beam", "width", "beam_m"}),
             built = table->column({"built", "build_year"}), owner = table->column({"owner"}),
             manager = table->column({"manager"}), operator_column = table->column({"operator"}),
             ism = table->column({"ism_manager"}), insurer = table->column({"insurer"}),
             society = table->column({"class_society", "class"});
  std::vector<model::RegisteredVessel> out;
  out.reserve(table->size());
  for (std::size_t i = 0; i < table->size(); ++i) {
    const auto cell = [&](std::optional<std::size_t> column) { return base::trim(table->cell(i, column)); };
    const auto text = [&](std::optional<std::size_t> column) { return std::string(cell(column)); };
    model::RegisteredVessel row;
    row.imo = base::parse_imo(cell(*imo)).value_or(0);
    row.mmsi = base::parse_number<std::uint32_t>(cell(mmsi)).value_or(0);
    if (row.imo == 0 && row.mmsi == 0) {
      if (rejected)
        rejected->add("no_imo_and_no_mmsi", fmt::format("line {}: IMO '{}'", table->line(i), cell(*imo)));
      continue;
    }
    row.name = text(label);
    row.flag = base::country_code(cell(flag)).value_or("");
    if (row.flag.empty() && cell(flag).size() == 2) row.flag = base::ascii_lower(cell(flag));
    row.type = text(type);
    row.callsign = text(callsign);
    row.length_m = whole<std::uint16_t>(cell(length), 600);
    row.beam_m = whole<std::uint16_t>(cell(beam), 150);
    row.built = whole<std::int16_t>(cell(built).substr(0, 4), 2200);
    row.owner = text(owner);
    row.manager = text(manager);
    row.operator_ = text(operator_column);
    row.ism_manager = text(ism);
    row.insurer = text(insurer);
    row.class_society = text(society);
    row.line = table->line(i);
    out.push_back(std::move(row));
  }
  return out;
}

base::Result<std::vector<model::RegisteredVessel>> read_registry(const std::filesystem::path& path,
                                                                 base::Tally* rejected) {
  const auto text = base::read_file(path);
  if (!text) return tl::unexpected(text.error());
  return parse_registry(*text, path.string(), rejected);
}

}  // namespace cordon::detect
