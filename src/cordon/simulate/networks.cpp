#include "cordon/simulate/networks.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "cordon/base/ids.hpp"

namespace cordon::simulate {
namespace {

constexpr std::string_view kSeats[] = {"hk", "sg", "pa", "mh", "ws", "sc", "cn", "tw", "vg", "bz"};

bool latin(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

const std::shared_ptr<const model::SourceFile>& invented() {
  static const auto source = std::make_shared<const model::SourceFile>(
      model::SourceFile{"simulated_ownership", "ownership.ftm.json", "", "ftm-json"});
  return source;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace

ListedParties choose_parties(std::span<const model::Entity> listed) {
  std::map<std::uint32_t, Listed> ships;
  std::map<std::string, Listed> parties;
  std::set<std::string> fifty_percent;
  const auto enter = [](Listed& one, const model::Entity& e) {
    if (one.entity == nullptr) one.entity = &e;
    one.ids.push_back(e.id);
  };
  for (const model::Entity& e : listed) {
    const auto regime = e.first("regime");
    if (!regime.empty() && regime != "dprk") continue;
    if (e.schema == model::Schema::Vessel) {
      const auto imo = base::parse_imo(e.first("imoNumber"));
      if (imo && *imo != 0 && e.caption.size() >= 3 && latin(e.caption)) enter(ships[*imo], e);
    } else if (e.schema == model::Schema::Company || e.schema == model::Schema::Organization ||
               e.schema == model::Schema::LegalEntity || e.schema == model::Schema::Person) {
      // A register prints a plain name: not one word that many share, nor a remark.
      if (!latin(e.caption) || e.caption.size() < 9 || e.caption.size() > 60 ||
          e.caption.find(' ') == std::string::npos || e.caption.find_first_of("(:;/") != std::string::npos) {
        continue;
      }
      auto& party = parties[upper(e.caption)];
      enter(party, e);
      if (e.source.dataset().starts_with("us_")) fifty_percent.insert(upper(e.caption));
    }
  }
  // The chains hold exactly 50 % somewhere, or 25 % twice: enough under the OFAC rule at any date since 2014,
  // under others not. Where the lists allow it, the parties are therefore ones that OFAC lists, so that the
  // truth is true in law.
  if (!fifty_percent.empty())
    std::erase_if(parties, [&](const auto& each) { return !fifty_percent.contains(each.first); });
  ListedParties out;
  for (auto& [imo, one] : ships) out.vessels.push_back(std::move(one));
  for (auto& [name, one] : parties) out.parties.push_back(std::move(one));
  return out;
}

std::string Networks::company(std::string_view name, std::string_view country) {
  model::Entity e;
  e.id = "sim-company-" + std::to_string(++companies_);
  e.schema = model::Schema::Company;
  e.caption = name;
  e.add("name", name);
  e.add("country", country);
  e.add("imoCompany", std::to_string(stage_.yard.imo_company()));
  e.source = {invented(), "company " + std::to_string(companies_), 0};
  entities_.push_back(std::move(e));
  return entities_.back().id;
}

// The listed party as an ownership register would know it: a record of its own with name, country and birth
// date, not the list's identifier. Finding that the two are one is the work of the reader.
std::string Networks::party(const model::Entity& listed) {
  model::Entity e;
  e.id = "sim-party-" + std::to_string(++parties_);
  e.schema = listed.schema;
  e.caption = listed.caption;
  e.add("name", listed.caption);
  for (const char* property : {"birthDate", "nationality", "country", "imoCompany", "registrationNumber"}) {
    e.add(property, listed.first(property));
  }
  e.source = {invented(), "party " + std::to_string(parties_), 0};
  entities_.push_back(std::move(e));
  return entities_.back().id;
}

void Networks::owns(const std::string& owner, const std::string& owned, double share, std::string_view start,
                    std::string_view end) {
  model::Entity e;
  e.id = "sim-share-" + std::to_string(++edges_);
  e.schema = model::Schema::Ownership;
  e.caption = "Ownership";
  e.add("owner", owner);
  e.add("asset", owned);
  e.add("percentage", json_number(share, 2));
  e.add("role", "Shareholder");
  e.add("startDate", start);
  e.add("endDate", end);
  e.add("publisher", "Invented register of companies");
  e.add("recordId", "extract " + std::to_string(1000 + edges_));
  e.source = {invented(), "extract " + std::to_string(1000 + edges_), 0};
  entities_.push_back(std::move(e));
}

void Networks::add_chain(std::string_view kind, Hull hull, const Listed& of) {
  const model::Entity& listed = *of.entity;
  model::RegisteredVessel* row = stage_.row_of(hull);
  if (row == nullptr) return;
  Random& random = stage_.random;
  struct Node {
    std::string id, name;
  };
  const auto found_company = [&](std::string_view ending) {
    Node n;
    n.name = stage_.yard.company_name(ending);
    n.id = company(n.name, random.pick(kSeats));
    return n;
  };
  TruthChain chain;
  const auto year = [&] {
    return std::to_string(2012 + random.below(9)) + "-0" + std::to_string(1 + random.below(9)) + "-15";
  };
  const auto link = [&](const Node& owner, const Node& owned, double share, std::string_view end = {}) {
    owns(owner.id, owned.id, share, year(), end);
    chain.steps.push_back({owner.name, owned.name, share});
    // The rest belongs to others, of whom nothing is known against.
    if (share < 100 && kind != "two_holdings_25_25") {
      owns(found_company("Investment Ltd").id, owned.id, 100 - share, year());
    }
  };
  const Node top{party(listed), listed.caption};
  const Node owner = found_company("Co Ltd");
  if (kind == "60_then_50") {
    const Node holding = found_company("Holdings Ltd");
    link(top, holding, 60);
    link(holding, owner, 50);
  } else if (kind == "four_hops") {
    const Node a = found_company("Group Ltd"), b = found_company("International Ltd"),
               c = found_company("Holdings SA");
    link(top, a, 100);
    link(a, b, 75);
    link(b, c, 51);
    link(c, owner, 60);
  } else if (kind == "two_holdings_25_25") {
    const Node a = found_company("Holdings Ltd"), b = found_company("Capital Ltd");
    link(top, a, 100);
    link(top, b, 100);
    link(a, owner, 25);
    link(b, owner, 25);
    owns(found_company("Investment Ltd").id, owner.id, 50, year());
  } else if (kind == "person_70_100") {
    const Node holding = found_company("Trading Ltd");
    link(top, holding, 70);
    link(holding, owner, 100);
  } else if (kind == "minority_49") {
    link(top, owner, 49);
    chain.reaches = false;
  } else {  // share_ended
    link(top, owner, 80, "2021-06-30");
    chain.reaches = false;
  }
  row->owner = owner.name;
  chain.imo = row->imo;
  chain.mmsi = stage_.vessels[hull].identity.mmsi;
  chain.vessel = row->name;
  chain.owner = owner.name;
  chain.listed_id = listed.id;
  chain.listed_name = listed.caption;
  chain.listed_ids = of.ids;
  chain.kind = kind;
  stage_.truth.chains.push_back(std::move(chain));
}

void Networks::add_plain_groups() {
  Random random(mix(0x67726f7570 ^ stage_.registry.size()));
  for (std::size_t i = 0; i < stage_.registry.size(); ++i) {
    const std::string owner = stage_.registry[i].owner;
    const bool in_chain = std::any_of(stage_.truth.chains.begin(), stage_.truth.chains.end(),
                                      [&](const TruthChain& c) { return c.owner == owner; });
    if (in_chain || !random.chance(0.35)) continue;
    const std::string id = company(owner, random.pick(kSeats));
    const std::string parent = company(stage_.yard.company_name("Holdings Ltd"), random.pick(kSeats));
    const double share = random.chance(0.5) ? 100 : 51 + random.below(40);
    owns(parent, id, share, "2015-03-01");
    if (random.chance(0.3))
      owns(company(stage_.yard.company_name("Group Ltd"), random.pick(kSeats)), parent, 100, "2014-01-20");
  }
}

void add_listed_vessel(Stage& stage, std::string_view how, const Listed& listed) {
  const model::Entity& vessel = *listed.entity;
  const std::uint32_t imo = base::parse_imo(vessel.first("imoNumber")).value_or(0);
  const Hull hull = stage.cast_trader();
  stage.registry.pop_back();  // the row of the number it was cast with
  Identity& id = stage.vessels[hull].identity;
  const std::string caption = upper(vessel.caption.substr(0, 20));
  const std::string flag = vessel.first("flag").size() == 2 ? upper(vessel.first("flag")) : "KP";
  std::string_view difficulty = "easy";
  id.imo = imo;
  if (how == "open") {
    id.name = caption;
    id.flag = flag;
    id.mmsi = stage.yard.mmsi(flag);
  } else if (how == "imo_typo") {
    std::string digits = std::to_string(imo);
    std::size_t at = 2;
    while (at + 1 < digits.size() && digits[at] == digits[at + 1]) ++at;
    if (at + 1 < digits.size()) std::swap(digits[at], digits[at + 1]);
    id.imo = static_cast<std::uint32_t>(std::strtoul(digits.c_str(), nullptr, 10));
    id.name = caption;
    difficulty = "hard";
  } else if (how == "name_only") {
    id.imo = 0;
    id.name = caption;
    difficulty = "hard";
  }
  if (how == "open" || how == "imo_alias") {
    model::RegisteredVessel row;
    row.imo = imo;
    row.name = caption;
    row.flag = flag;
    row.type = register_type(stage.vessels[hull].trade);
    row.length_m = id.length_m;
    row.beam_m = id.beam_m;
    row.built = 1990;
    row.owner = row.manager = stage.yard.company_name("Co Ltd");
    const auto year = std::strtol(std::string(vessel.first("buildDate")).substr(0, 4).c_str(), nullptr, 10);
    if (year > 1900 && year < 2100) row.built = static_cast<std::int16_t>(year);
    stage.registry.push_back(std::move(row));
  }
  if (how == "imo_alias") {
    stage
        .event(model::EventType::identity_mismatch, "renamed_listed", {hull}, {stage.start, stage.end}, {},
               "medium")
        .optional = true;
    stage.truth.events.back().parameters = {{"anyplace", "true"}};
  }
  stage.script_voyage(hull, 400);
  auto& e = stage.event(model::EventType::listed_vessel, how, {hull}, {stage.start, stage.end},
                        stage.state(hull, stage.start).at, difficulty);
  e.parameters = {{"anyplace", "true"},
                  {"listed_imo", std::to_string(imo)},
                  {"listed_name", json_text(vessel.caption)},
                  {"listed_id", json_text(vessel.id)},
                  {"source", json_text(vessel.source.dataset())}};
  const Identity& sent = stage.vessels[hull].identity;
  stage.truth.listed.push_back(
      {sent.imo, sent.mmsi, imo, sent.name, vessel.id, vessel.caption, listed.ids, std::string(how)});
}

}  // namespace cordon::simulate
