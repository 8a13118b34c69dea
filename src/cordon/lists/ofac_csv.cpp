#include "cordon/lists/ofac_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "cordon/base/csv.hpp"
#include "cordon/base/text.hpp"
#include "cordon/lists/collector.hpp"
#include "cordon/lists/ofac_remarks.hpp"
#include "cordon/lists/values.hpp"

namespace cordon::lists {
namespace {

using base::CsvRow;

// Columns of the main file.
enum Column : std::size_t {
  kUid,
  kName,
  kType,
  kPrograms,
  kTitle,
  kCallSign,
  kVesselType,
  kTonnage,
  kGrt,
  kFlag,
  kOwner,
  kRemarks
};
constexpr std::size_t kMainColumns = 12;

std::string_view cell(const CsvRow& row, std::size_t column) {
  if (column >= row.size()) return {};
  const std::string_view text = base::trim(row[column]);
  return text == "-0-" ? std::string_view{} : text;
}

std::optional<std::uint32_t> uid_of(const CsvRow& row) {
  return base::parse_number<std::uint32_t>(base::trim(row[0]));
}

// The first rows the head holds completely.
std::vector<CsvRow> first_rows(std::string_view head, std::size_t most) {
  std::vector<CsvRow> rows;
  if (const std::size_t end = head.rfind('\n');
      end != std::string_view::npos && head.size() >= kHeadBytes / 2) {
    head = head.substr(0, end);
  }
  // A sample of lines keeps sniffing cheap; a quoted line break in it only makes a row that is not counted.
  std::size_t cut = 0;
  for (std::size_t n = 0; n < most && cut != std::string_view::npos; ++n)
    cut = head.find('\n', cut + (n > 0 ? 1 : 0));
  (void)base::read_csv(head.substr(0, cut), ',',
                       [&](CsvRow&& row, std::uint64_t) { rows.push_back(std::move(row)); });
  return rows;
}

enum class Part { none, main, alias, address, comment };

Part part_of(std::string_view head) {
  if (head.empty() || head.front() < '0' || head.front() > '9') return Part::none;
  std::array<std::size_t, 5> votes{};
  std::size_t rows = 0;
  for (const CsvRow& row : first_rows(head, 20)) {
    ++rows;
    if (!uid_of(row)) continue;
    Part part = Part::none;
    if (row.size() == kMainColumns) {
      const std::string_view type = cell(row, kType);
      if (type.empty() || type == "individual" || type == "vessel" || type == "aircraft") part = Part::main;
    } else if (row.size() == 5 && (cell(row, 2) == "aka" || cell(row, 2) == "fka" || cell(row, 2) == "nka")) {
      part = Part::alias;
    } else if (row.size() == 6 && base::parse_number<std::uint32_t>(base::trim(row[1]))) {
      part = Part::address;
    } else if (row.size() == 2) {
      part = Part::comment;
    }
    ++votes[static_cast<std::size_t>(part)];
  }
  for (const Part part : {Part::main, Part::alias, Part::address, Part::comment}) {
    if (rows > 0 && votes[static_cast<std::size_t>(part)] * 2 > rows) return part;
  }
  return Part::none;
}

// Rows of a companion, by uid.
class Companion {
 public:
  void add(std::uint32_t uid, CsvRow&& row) { rows_.emplace_back(uid, std::move(row)); }
  void sort() {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  template <class F>
  void each(std::uint32_t uid, F&& f) const {
    auto it = std::lower_bound(rows_.begin(), rows_.end(), uid,
                               [](const auto& a, std::uint32_t u) { return a.first < u; });
    for (; it != rows_.end() && it->first == uid; ++it) f(it->second);
  }
  template <class F>
  void each(F&& f) const {
    for (const auto& [uid, row] : rows_) f(uid, row);
  }
  std::size_t shared(const std::unordered_set<std::uint32_t>& uids) const {
    return static_cast<std::size_t>(
        std::count_if(rows_.begin(), rows_.end(), [&](const auto& r) { return uids.contains(r.first); }));
  }
  std::size_t size() const { return rows_.size(); }

 private:
  std::vector<std::pair<std::uint32_t, CsvRow>> rows_;
};

base::Result<Companion> read_companion(const Input& input, base::Tally& rejects) {
  const auto text = input.text(rejects);
  if (!text) return tl::unexpected(text.error());
  Companion companion;
  const auto done = base::read_csv(*text, ',', [&](CsvRow&& row, std::uint64_t line) {
    if (const auto uid = uid_of(row)) {
      companion.add(*uid, std::move(row));
    } else {
      rejects.add("row without a uid", fmt::format("{}: line {}", input.path().filename().string(), line));
    }
  });
  if (!done) return base::fail("{}: {}", input.path().string(), done.error().message);
  companion.sort();
  return companion;
}

struct Companions {
  Companion aliases, addresses, comments;
  std::vector<std::filesystem::path> files;
};

// Of the files beside the main file, for each kind the one that shares most uids with it. Two releases in one
// folder share nearly the same; then the one whose name begins most like the main file's.
base::Result<Companions> find_companions(const Input& input, const std::unordered_set<std::uint32_t>& uids,
                                         base::Tally& rejects) {
  Companions found;
  if (input.in_memory()) return found;
  std::error_code error;
  std::vector<std::filesystem::path> beside;
  const auto folder =
      input.path().has_parent_path() ? input.path().parent_path() : std::filesystem::path(".");
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored)) beside.push_back(it->path());
  }
  std::sort(beside.begin(), beside.end());
  std::array<std::pair<std::size_t, std::size_t>, 5> best{};
  std::array<std::filesystem::path, 5> chosen;
  for (const auto& path : beside) {
    const Input other = Input::file(path);
    const auto head = other.head();
    if (!head) continue;
    const Part part = part_of(*head);
    if (part == Part::none || part == Part::main) continue;
    base::Tally tally;
    auto companion = read_companion(other, tally);
    if (!companion) return tl::unexpected(companion.error());
    const std::size_t shared = companion->shared(uids);
    if (shared * 2 < companion->size() || shared == 0) continue;  // belongs to another main file
    const std::string a = path.filename().string(), b = input.path().filename().string();
    const std::size_t likeness =
        static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    auto& mark = best.at(static_cast<std::size_t>(part));
    if (std::pair(shared, likeness) <= mark) continue;
    mark = {shared, likeness};
    chosen.at(static_cast<std::size_t>(part)) = path;
    rejects.merge(tally);
    (part == Part::alias     ? found.aliases
     : part == Part::address ? found.addresses
                             : found.comments) = std::move(*companion);
  }
  for (std::filesystem::path& path : chosen)
    if (!path.empty()) found.files.push_back(std::move(path));
  return found;
}

model::Schema schema_of(std::string_view type, std::string_view name) {
  if (type == "individual") return model::Schema::Person;
  if (type == "vessel") return model::Schema::Vessel;
  if (type == "aircraft") return model::Schema::Airplane;
  return has_company_form(name) ? model::Schema::Company : model::Schema::Organization;
}

void add_alias(Record& record, const CsvRow& row) {
  const std::string_view kind = cell(row, 2);
  add_ofac_name(record, kind == "fka" ? prop::previousName : prop::alias, cell(row, 3));
}

void add_address(Record& record, const CsvRow& row) {
  std::string address;
  for (std::size_t column = 2; column <= 4; ++column) {
    const std::string_view part = cell(row, column);
    if (part.empty()) continue;
    if (!address.empty()) address += ", ";
    address += part;
  }
  record.add(prop::address, address);
  record.add_country(prop::country, cell(row, 4));
  record.add(prop::notes, cell(row, 5));
}

void read_row(Collector& collector, const CsvRow& row, std::uint64_t line, std::uint32_t uid,
              const Companions& parts) {
  Record record(collector, schema_of(cell(row, kType), cell(row, kName)), fmt::format("uid {}", uid), line);
  add_ofac_name(record, prop::name, cell(row, kName));
  add_ofac_programs(record, cell(row, kPrograms));
  record.add(prop::topics, "sanction");
  record.add(prop::title, cell(row, kTitle));
  record.add(prop::callSign, cell(row, kCallSign));
  record.add(prop::type, cell(row, kVesselType));
  record.add(prop::tonnage, cell(row, kTonnage));
  record.add(prop::grossRegisteredTonnage, cell(row, kGrt));
  record.add_country(prop::flag, cell(row, kFlag));
  record.add(prop::owner, cell(row, kOwner));
  parts.aliases.each(uid, [&](const CsvRow& alias) { add_alias(record, alias); });
  // Remarks longer than the column go on in the comments file,
  // cut anywhere, also within a word.
  std::string remarks = cell(row, kRemarks).empty() ? std::string() : row[kRemarks];
  parts.comments.each(uid, [&](const CsvRow& comment) { remarks += comment[1]; });
  add_ofac_remarks(record, remarks);
  parts.addresses.each(uid, [&](const CsvRow& address) { add_address(record, address); });
  record.finish(fmt::format("{}{}", ofac_id_prefix(*collector.source()), uid));
}

}  // namespace

bool sniff_ofac_csv(std::string_view head) {
  return part_of(head) == Part::main;
}

bool sniff_ofac_companion(std::string_view head) {
  const Part part = part_of(head);
  return part != Part::none && part != Part::main;
}

base::Result<ListFile> read_ofac_csv(const Input& input) {
  base::Tally rejects;
  const auto text = input.text(rejects);
  if (!text) return tl::unexpected(text.error());
  struct Row {
    CsvRow cells;
    std::uint64_t line;
    std::uint32_t uid;
  };
  std::vector<Row> rows;
  std::unordered_set<std::uint32_t> uids;
  std::size_t non_sdn = 0;
  const auto done = base::read_csv(*text, ',', [&](CsvRow&& row, std::uint64_t line) {
    const auto uid = uid_of(row);
    if (!uid) return rejects.add("row without a uid", fmt::format("line {}", line));
    if (row.size() != kMainColumns) {
      return rejects.add("row without twelve columns", fmt::format("line {}: {} columns", line, row.size()));
    }
    if (is_non_sdn_programme(row[kPrograms])) ++non_sdn;
    uids.insert(*uid);
    rows.push_back({std::move(row), line, *uid});
  });
  if (!done) return base::fail("{}: {}", input.path().string(), done.error().message);
  if (rows.empty())
    return base::fail("{}: no row with a uid and twelve columns, expected OFAC's main CSV",
                      input.path().string());
  auto parts = find_companions(input, uids, rejects);
  if (!parts) return tl::unexpected(parts.error());

  const bool consolidated = non_sdn * 2 > rows.size();
  Collector collector({consolidated ? "us_ofac_cons" : "us_ofac_sdn", input.path().string(), "", "ofac-csv"});
  collector.rejects().merge(rejects);
  collector.reserve(rows.size());
  for (const Row& row : rows) read_row(collector, row.cells, row.line, row.uid, *parts);
  const auto orphans = [&](const Companion& companion, std::string_view what) {
    companion.each([&](std::uint32_t uid, const CsvRow&) {
      if (!uids.contains(uid)) collector.reject(what, fmt::format("uid {}", uid));
    });
  };
  orphans(parts->aliases, "alias of an entry that is not in the main file");
  orphans(parts->addresses, "address of an entry that is not in the main file");
  orphans(parts->comments, "comment on an entry that is not in the main file");
  ListFile list = std::move(collector).take();
  list.parts = std::move(parts->files);
  return list;
}

}  // namespace cordon::lists
