#include "cordon/network/words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "cordon/base/text.hpp"

namespace cordon::network {
namespace {

using model::RelationKind;
using model::Status;

struct Row {
  std::string_view word;  // letters and digits only, lower case
  RelationWord means;
};

// In sorted order; words_test checks it.
constexpr RelationWord kShares{RelationKind::ownership, false, Interest::shares};
constexpr RelationWord kVotes{RelationKind::ownership, false, Interest::votes};
constexpr RelationWord kControl{RelationKind::control, false, Interest::none};
constexpr RelationWord kConsolidated{RelationKind::control, true, Interest::none};
constexpr RelationWord kOfficer{RelationKind::directorship, false, Interest::none};
constexpr RelationWord kActs{RelationKind::acting_for, false, Interest::none};
constexpr RelationWord kJoint{RelationKind::associate, false, Interest::joint};
constexpr std::array kWords = std::to_array<Row>({
    {"actingfor", kActs},
    {"actsfor", kActs},
    {"agentfor", {RelationKind::link, false, Interest::none}},  // a ship or sales agent, not one who fronts
    {"appointmentofboard", kControl},
    {"associate", {RelationKind::associate, false, Interest::none}},
    {"beneficiaryoflegalarrangement", kShares},
    {"boardchair", kOfficer},
    {"boardmajority", kControl},
    {"boardmember", kOfficer},
    {"charterer", {RelationKind::operates, false, Interest::none}},
    {"chiefrepresentative", kActs},
    {"classedby", {RelationKind::classes, true, Interest::none}},
    {"classes", {RelationKind::classes, false, Interest::none}},
    {"classificationsociety", {RelationKind::classes, false, Interest::none}},
    {"control", kControl},
    {"controlbylegalframework", kControl},
    {"controlled", kControl},
    {"controls", kControl},
    {"controlsboard", kControl},
    {"controlviacompanyrulesorarticles", kControl},
    {"deputygeneralmanager", kOfficer},
    {"deputyrepresentative", kActs},
    {"directorof", kOfficer},
    {"directorship", kOfficer},
    {"directs", kControl},
    {"family", {RelationKind::family, false, Interest::none}},
    {"financialarmof", kActs},
    {"financialmanager", kOfficer},
    {"flags", {RelationKind::flags, false, Interest::none}},
    {"flagstate", {RelationKind::flags, false, Interest::none}},
    {"generalmanager", kOfficer},
    {"insurer", {RelationKind::insures, false, Interest::none}},
    {"insures", {RelationKind::insures, false, Interest::none}},
    {"isdirectlyconsolidatedby", kConsolidated},
    {"isinternationalbranchof", kConsolidated},
    {"ismanager", {RelationKind::ism_manager, false, Interest::none}},
    {"ismmanager", {RelationKind::ism_manager, false, Interest::none}},
    {"isultimatelyconsolidatedby", kConsolidated},
    {"jointarrangement", kJoint},
    {"link", {RelationKind::link, false, Interest::none}},
    {"linked", {RelationKind::link, false, Interest::none}},
    {"manager", {RelationKind::manages, false, Interest::none}},
    {"manages", {RelationKind::manages, false, Interest::none}},
    {"nominator", kControl},
    {"nominee", kActs},
    {"official", kOfficer},
    {"operates", {RelationKind::operates, false, Interest::none}},
    {"operator", {RelationKind::operates, false, Interest::none}},
    {"otherinfluenceorcontrol", kControl},
    {"owner", kShares},
    {"ownership", kShares},
    {"owns", kShares},
    {"ownsoperates", kShares},
    {"parent", kControl},
    {"principalshareholder", kShares},
    {"registeredowner", kShares},
    {"representative", kActs},
    {"sameas", {RelationKind::same_as, false, Interest::none}},
    {"seniormanagingofficial", kOfficer},
    {"shareholder", kShares},
    {"shareholding", kShares},
    {"shares", kShares},
    {"subsidiaryof", kConsolidated},
    {"technicalmanager", {RelationKind::manages, false, Interest::none}},
    {"trustee", kControl},
    {"unknowninterest", kShares},
    {"unpublishedinterest", kShares},
    {"votes", kVotes},
    {"votingrights", kVotes},
});

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
  }
  return letters;
}

bool eat(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text = base::trim(text.substr(prefix.size()));
  return true;
}

}  // namespace

std::optional<RelationWord> relation_word(std::string_view word) {
  const std::string letters = letters_of(word);
  const auto row = std::lower_bound(kWords.begin(), kWords.end(), letters,
                                    [](const Row& a, std::string_view b) { return a.word < b; });
  if (row != kWords.end() && row->word == letters) return row->means;
  if (const auto kind = model::parse_relation_kind(word)) return RelationWord{*kind, false, Interest::none};
  return std::nullopt;
}

std::optional<ShareRange> parse_share_range(std::string_view text) {
  text = base::trim(text);
  if (const auto share = parse_share(text)) return ShareRange{*share, *share};
  const std::string lower = base::ascii_lower(text);
  text = lower;
  if (text.empty() || text == "unknown" || text == "n/a" || text == "null" || text == "none" || text == "-" ||
      text == "?")
    return ShareRange{};
  for (const std::string_view least : {">=", "≥", "at least", "from"}) {
    if (!eat(text, least)) continue;
    const auto share = parse_share(text);
    return share ? std::optional(ShareRange{*share, kWhole}) : std::nullopt;
  }
  for (const std::string_view more : {">", "more than", "over", "above"}) {
    if (!eat(text, more)) continue;
    const auto share = parse_share(text);
    return share ? std::optional(ShareRange{std::min(*share + 1, kWhole), kWhole}) : std::nullopt;
  }
  for (const std::string_view most : {"<=", "≤", "at most", "up to"}) {
    if (!eat(text, most)) continue;
    const auto share = parse_share(text);
    return share ? std::optional(ShareRange{0, *share}) : std::nullopt;
  }
  for (const std::string_view less : {"<", "less than", "under", "below"}) {
    if (!eat(text, less)) continue;
    const auto share = parse_share(text);
    return share ? std::optional(ShareRange{0, std::max(*share - 1, 0)}) : std::nullopt;
  }
  for (const std::string_view between : {"-", "–", "to", ".."}) {
    const auto at = text.find(between, 1);
    if (at == std::string_view::npos) continue;
    const auto low = parse_share(text.substr(0, at)), high = parse_share(text.substr(at + between.size()));
    if (low && high && *low <= *high) return ShareRange{*low, *high};
  }
  return std::nullopt;
}

std::optional<Status> status_word(std::string_view text) {
  const std::string lower = base::ascii_lower(text);
  const auto has = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  if (has("set aside") || has("set_aside") || has("quashed")) return Status::set_aside;
  if (has("withdrawn") || has("delisted")) return Status::withdrawn;
  if (has("denied") || has("denies")) return Status::denied;
  if (has("alleged") || has("investigation") || has("suspected") || has("inferred")) return Status::alleged;
  if (has("reported")) return Status::reported;
  if (has("final") || has("convicted")) return Status::final;
  if (has("stated") || has("confirmed")) return Status::stated;
  return std::nullopt;
}

std::vector<Listing> listings_of(std::string_view text) {
  std::vector<Listing> listings;
  for (const std::string_view raw : base::split(text, ';')) {
    const std::string_view part = base::trim(raw);
    const std::string lower = base::ascii_lower(part);
    if (part.empty() || lower == "no" || lower == "false" || lower == "0" || lower == "null") continue;
    const auto has = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
    base::Date date;
    for (std::size_t at = 0; at + 10 <= part.size() && date.empty(); ++at)
      if (part[at + 4] == '-' && part[at + 7] == '-')
        date = base::parse_date(part.substr(at, 10)).value_or(date);
    if (lower.starts_with("delisted")) {
      if (date.empty()) date = base::parse_date(base::trim(part.substr(8))).value_or(date);
      // Without a date the day is not known; the listing is over in any case.
      for (Listing& listing : listings) listing.end = date.empty() ? listing.start : date;
      continue;
    }
    if (has("proposal") || has("indictment") || has("forfeiture")) continue;
    Listing listing;
    for (const std::string_view word : {"UN", "OFAC", "EU", "UK", "CA"})
      if (part.starts_with(word)) listing.authority = word;
    if (lower.starts_with("sema")) listing.authority = "CA";
    const bool plain = lower == "yes" || lower == "true" || lower == "1" || lower == "listed" || lower == "x";
    if (!plain) listing.text = part;
    listing.start = date;
    listings.push_back(std::move(listing));
  }
  return listings;
}

}  // namespace cordon::network
