#include "cordon/simulate/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "cordon/lists/lists.hpp"
#include "cordon/simulate/networks.hpp"
#include "cordon/simulate/player.hpp"
#include "cordon/simulate/stage.hpp"

namespace cordon::simulate {
namespace {

// The usual mix for 200 hulls: how many of each event and innocent.
struct Share {
  std::string_view what, subtype;
  double count;
};
constexpr Share kMix[] = {
    {"encounter", "open", 3},
    {"encounter", "nearshore", 1},
    {"encounter", "swell", 1},
    {"encounter", "midnight", 1},
    {"encounter", "raft3", 1},
    {"encounter", "brief", 1},
    {"dark_rendezvous", "one_side_dark", 3},
    {"dark_rendezvous", "both_dark", 1},
    {"gap", "intentional_nearshore", 2},
    {"gap", "intentional_offshore", 1},
    {"loitering", "tanker_drift", 2},
    {"port_call", "ais_on", 1},
    {"port_call", "dark_approach", 2},
    {"port_call", "partial", 1},
    {"identity_change", "seen", 1},
    {"identity_change", "gap", 1},
    {"identity_change", "name_imo", 1},
    {"shared_mmsi", "same_name", 1},
    {"shared_mmsi", "two_names", 1},
    {"identity_mismatch", "dimension", 1},
    {"identity_mismatch", "type", 1},
    {"identity_mismatch", "flag_mid", 1},
    {"identity_mismatch", "dimension_subtle", 1},
    {"identity_mismatch", "laundered", 1},
    {"position_spoofing", "offset", 1},
    {"position_spoofing", "offset_ramp", 1},
    {"position_spoofing", "circle", 1},
    {"position_spoofing", "jump", 1},
    {"position_spoofing", "on_land", 1},
    {"position_spoofing", "straight", 1},
    {"listed_vessel", "open", 1},
    {"listed_vessel", "imo_alias", 1},
    {"listed_vessel", "imo_typo", 1},
    {"listed_vessel", "name_only", 1},
    {"innocent", "pair_trawlers", 1},
    {"innocent", "net_buoys", 1},
    {"innocent", "fish_carrier", 1},
    {"innocent", "tug_barge", 1},
    {"innocent", "anchored_neighbours", 2},
    {"innocent", "bunkering_in_port", 2},
    {"innocent", "pilot_boarding", 2},
    {"innocent", "waiting_off_port", 2},
    {"innocent", "dual_transceiver", 1},
    {"innocent", "dprk_near_pass", 1},
    {"innocent", "single_glitch", 1},
    {"innocent", "static_typo", 1},
    {"innocent", "rename_in_port", 1},
};
constexpr std::string_view kOutages[] = {"gnss_jamming", "receiver_outage", "satellite_outage"};
constexpr std::string_view kChains[] = {"60_then_50",    "four_hops",   "two_holdings_25_25",
                                        "person_70_100", "minority_49", "share_ended"};

void add_one(Stage& stage, const Share& share, const ListedParties& listed, std::size_t& next_vessel) {
  if (share.what == "encounter") return add_encounter(stage, share.subtype);
  if (share.what == "dark_rendezvous") return add_dark_rendezvous(stage, share.subtype == "both_dark");
  if (share.what == "gap") return add_gap(stage, share.subtype == "intentional_offshore");
  if (share.what == "loitering") return add_loitering(stage);
  if (share.what == "port_call") return add_dprk_port_call(stage, share.subtype);
  if (share.what == "identity_change") return add_identity_change(stage, share.subtype);
  if (share.what == "shared_mmsi") return add_shared_mmsi(stage, share.subtype == "same_name");
  if (share.what == "identity_mismatch") return add_identity_mismatch(stage, share.subtype);
  if (share.what == "position_spoofing") return add_spoofing(stage, share.subtype);
  if (share.what == "innocent") return add_innocent(stage, share.subtype);
  // Each listed vessel sails once.
  if (next_vessel < listed.vessels.size())
    add_listed_vessel(stage, share.subtype, listed.vessels[next_vessel++]);
}

// In a random order, each once.
void shuffle(std::vector<Listed>& items, Random& random) {
  for (std::size_t i = items.size(); i > 1; --i)
    std::swap(items[i - 1], items[random.below(static_cast<std::uint32_t>(i))]);
}

void add_chains(Stage& stage, Networks& networks, const ListedParties& listed, double rounds) {
  std::vector<const Listed*> persons, bodies;
  for (const Listed& one : listed.parties) {
    (one.entity->schema == model::Schema::Person ? persons : bodies).push_back(&one);
  }
  const auto count = static_cast<std::size_t>(std::max(1.0, rounds)) * std::size(kChains);
  // Suspects stand in the order of their events; a stride spreads the chains over the kinds of event.
  const std::size_t size = stage.suspects.size();
  std::size_t stride = 4;
  while (size > 0 && std::gcd(stride, size) != 1) ++stride;
  std::size_t person = 0, body = 0;
  for (std::size_t i = 0; i < std::min(count, size); ++i) {
    const std::string_view kind = kChains[i % std::size(kChains)];
    const bool wants_person = !persons.empty() && (kind == "person_70_100" || bodies.empty());
    if (!wants_person && bodies.empty()) return;
    const Listed& top = wants_person ? *persons[person++ % persons.size()] : *bodies[body++ % bodies.size()];
    networks.add_chain(kind, stage.suspects[i * stride % size], top);
  }
}

base::Result<void> check(const ScenarioOptions& o) {
  if (!(o.days > 0 && o.days <= 3660))
    return base::fail("simulate: expected 0 < days <= 3660, found {}", o.days);
  if (o.event_percent > 0 && o.days < 1)
    return base::fail("simulate: events need at least one day, found {}", o.days);
  if (o.vessels < (o.event_percent > 0 ? 100U : 1U) || o.vessels > 1000000) {
    return base::fail("simulate: expected 100 to 1,000,000 vessels (from 1 without events), found {}",
                      o.vessels);
  }
  if (o.thin_s > 86400)
    return base::fail("simulate: expected at most 86400 s between reports, found {}", o.thin_s);
  if (o.event_percent > 200)
    return base::fail("simulate: expected at most 200 percent of events, found {}", o.event_percent);
  if (o.start % base::kSecond != 0 || o.start < 0 || o.start > 7258118400000) {
    return base::fail("simulate: expected a start in whole seconds between 1970 and 2200");
  }
  if (!(std::abs(o.shift_lon_deg) <= 360))
    return base::fail("simulate: expected a shift within 360 degrees, found {}", o.shift_lon_deg);
  return {};
}

}  // namespace

struct Scenario::World {
  World(const ScenarioOptions& o, base::TimeMs end)
      : options(o), stage(o.seed, o.start, end), player(stage, o) {}
  ScenarioOptions options;
  Stage stage;
  Player player;
  std::vector<model::Entity> ownership;
};

base::Result<ScenarioOptions> preset(std::string_view name) {
  ScenarioOptions o;
  if (name == "small") return o;
  if (name == "medium") {
    o.vessels = 2000;
    o.days = 7;
    o.thin_s = 120;
    return o;
  }
  if (name == "large") {
    o.vessels = 20000;
    o.days = 7;
    o.thin_s = 0;
    return o;
  }
  return base::fail("simulate: expected size small, medium or large, found '{}'", name);
}

base::Result<Scenario> Scenario::make(const ScenarioOptions& options) {
  if (auto ok = check(options); !ok) return tl::unexpected(ok.error());
  const auto length = static_cast<base::TimeMs>(options.days * static_cast<double>(base::kDay)) /
                      base::kSecond * base::kSecond;
  auto world = std::make_unique<World>(options, options.start + length);
  Stage& stage = world->stage;
  stage.shift_lon_deg = options.shift_lon_deg;
  if (options.event_percent > 0) {
    if (world->options.listed.empty()) {
      auto list = lists::read_embedded();
      if (!list) return tl::unexpected(list.error());
      world->options.listed = std::move(list->entities);
    }
    ListedParties listed = choose_parties(world->options.listed);
    shuffle(listed.vessels, stage.random);
    shuffle(listed.parties, stage.random);
    const double factor = options.vessels / 200.0 * options.event_percent / 100.0;
    std::size_t next_vessel = 0;
    for (const Share& share : kMix) {
      const auto count = static_cast<std::size_t>(std::max(1.0, std::floor(share.count * factor + 0.5)));
      for (std::size_t i = 0; i < count; ++i) add_one(stage, share, listed, next_vessel);
    }
    const auto outages = 1 + static_cast<std::size_t>(options.days / 5);
    for (const auto type : kOutages) {
      for (std::size_t i = 0; i < outages; ++i) add_innocent(stage, type);
    }
    Networks networks(stage);
    add_chains(stage, networks, listed, factor);
    networks.add_plain_groups();
    world->ownership = networks.take();
  }
  while (stage.vessels.size() < options.vessels) {
    const Hull hull = stage.cast(usual_trade(stage.random));
    settle(stage.vessels[hull], stage.waters, stage.start);
  }
  std::sort(stage.registry.begin(), stage.registry.end(),
            [](const auto& a, const auto& b) { return a.imo < b.imo; });
  return Scenario(std::move(world));
}

Scenario::Scenario(std::unique_ptr<World> world) : world_(std::move(world)) {}
Scenario::Scenario(Scenario&&) noexcept = default;
Scenario& Scenario::operator=(Scenario&&) noexcept = default;
Scenario::~Scenario() = default;

void Scenario::run(Listener& listener) {
  world_->player.run(listener);
}
const Truth& Scenario::truth() const {
  return world_->stage.truth;
}
const ScenarioOptions& Scenario::options() const {
  return world_->options;
}
std::span<const model::RegisteredVessel> Scenario::registry() const {
  return world_->stage.registry;
}
std::span<const model::Entity> Scenario::ownership() const {
  return world_->ownership;
}
std::uint64_t Scenario::positions() const {
  return world_->player.positions();
}
std::uint64_t Scenario::statics() const {
  return world_->player.statics();
}

}  // namespace cordon::simulate
