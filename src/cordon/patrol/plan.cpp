#include "cordon/patrol/plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "cordon/patrol/bound.hpp"
#include "cordon/patrol/cloud.hpp"
#include "cordon/patrol/sorties.hpp"

namespace cordon::patrol {
namespace {

constexpr int kSweeps = 2;                // each sortie is planned anew that often, the others as they are
constexpr std::size_t kCurvePoints = 16;  // at most
constexpr double kLongestDays = 92;
constexpr std::size_t kMostSteps = 60, kMostSlots = 300;

Extent extent_of(const std::vector<Region>& area) {
  Extent all = area.front().extent();
  const double middle = (all.west + all.east) / 2;
  for (const Region& one : area) {
    const Extent& box = one.extent();
    const double turn = 360 * std::round(((box.west + box.east) / 2 - middle) / 360);
    all.south = std::min(all.south, box.south);
    all.north = std::max(all.north, box.north);
    all.west = std::min(all.west, box.west - turn);
    all.east = std::max(all.east, box.east - turn);
  }
  return all;
}

class Planner {
 public:
  explicit Planner(PlanRequest request) { plan_.request = std::move(request); }

  base::Result<Plan> run() {
    if (auto done = set_out(); !done) return tl::unexpected(done.error());
    Plan& plan = plan_;
    const PlanRequest& request = plan.request;
    const Sea sea(request.clearance_nm * base::kNauticalMileM, request.no_go);
    const Cloud cloud(plan.grid, request.seed);
    Course course(plan.grid, cloud, plan.prior.mass, request.motion, request.from, request.to);
    SortiePlanner planner(plan.grid, sea, request.assets, request.law, request.seed);
    slots_ = make_slots(request.assets, request.from, request.to);
    if (slots_.size() > kMostSlots)
      return base::fail("{} sorties: at most {} can be planned at once; shorten the period", slots_.size(),
                        kMostSlots);
    add_looks(cloud, course);
    plan_sorties(cloud, course, planner);
    if (stopped()) return given_up();
    const auto outcome = course.run();
    score(outcome);
    std::vector<std::vector<double>> miles;
    for (std::size_t i = 0; i < request.assets.assets.size(); ++i)
      miles.push_back(request.assets.assets[i].kind == AssetKind::satellite
                          ? std::vector<double>(plan.grid.cells(), std::numeric_limits<double>::infinity())
                          : planner.miles_from_base(i));
    bound(cloud, std::move(miles));
    if (stopped()) return given_up();
    plan.request.stop = nullptr;
    double left = 0;
    for (const double mass : outcome.left) left += mass;
    plan.posterior = outcome.left;
    for (double& mass : plan.posterior) mass = left > 0 ? mass / left : 0;
    add_notes();
    return std::move(plan_);
  }

 private:
  bool stopped() const { return plan_.request.stop && plan_.request.stop(); }
  static tl::unexpected<base::Error> given_up() { return base::fail("the plan was given up half way"); }

  base::Result<void> set_out() {
    PlanRequest& request = plan_.request;
    if (request.area.empty()) return base::fail("no area of operations");
    if (request.to <= request.from)
      return base::fail("the period ends at {}, before it begins at {}", base::to_iso(request.to),
                        base::to_iso(request.from));
    const double days = static_cast<double>(request.to - request.from) / base::kDay;
    if (days > kLongestDays)
      return base::fail("a period of {:.0f} days: at most {:.0f} can be planned", days, kLongestDays);
    if (!(request.clearance_nm >= 0 && request.clearance_nm <= 200))
      return base::fail("a clearance of {} nm: expected 0 to 200", request.clearance_nm);
    if (request.motion) {
      const Motion& motion = *request.motion;
      if (!(motion.speed_kn > 0 && motion.speed_kn <= 40))
        return base::fail("motion: {} kn, expected 0 to 40", motion.speed_kn);
      if (!(motion.step_h >= 1) || days * 24 / motion.step_h > static_cast<double>(kMostSteps))
        return base::fail("motion: steps of {} h: expected 1 h or more, and at most {} of them",
                          motion.step_h, kMostSteps);
      if (request.law != Detection::random)
        return base::fail("a moving target needs the exponential law: for the others no bound is known");
    }
    if (request.prior) {
      if (!request.prior_grid || request.prior_grid->cells() != request.prior->mass.size())
        return base::fail("a prior map without its grid");
      plan_.grid = *request.prior_grid;
    } else {
      auto grid = Grid::over(extent_of(request.area), request.cell_nm);
      if (!grid) return tl::unexpected(grid.error());
      plan_.grid = std::move(*grid);
    }
    plan_.grid.mark(request.area, Sea(request.clearance_nm * base::kNauticalMileM, request.no_go));
    if (stopped()) return given_up();
    request.evidence.now = request.from;
    auto prior = request.prior ? add_evidence(plan_.grid, *request.prior, request.evidence)
                               : make_prior(plan_.grid, request.evidence);
    if (!prior) return tl::unexpected(prior.error());
    plan_.prior = std::move(*prior);
    request.evidence.sightings.clear();
    request.prior.reset();
    request.prior_grid.reset();
    bool any = false;
    for (std::size_t cell = 0; cell < plan_.grid.cells(); ++cell) any = any || plan_.grid.searchable(cell);
    if (!any)
      return base::fail("no cell of {} nm lies wholly in open sea: choose smaller cells or another area",
                        plan_.grid.cell_nm());
    return {};
  }

  // Looks own what comes after the sorties' numbers.
  void add_looks(const Cloud& cloud, Course& course) {
    const auto& assets = plan_.request.assets.assets;
    for (std::size_t i = 0; i < assets.size(); ++i)
      for (std::size_t k = 0; k < assets[i].passes.size(); ++k) {
        const Pass& pass = assets[i].passes[k];
        if (pass.time < plan_.request.from || pass.time >= plan_.request.to) {
          ++passes_outside_;
          continue;
        }
        Misses misses = cloud.misses(pass, assets[i].swath_nm(), assets[i].glimpse());
        misses.owner = slots_.size() + plan_.looks.size();
        plan_.looks.push_back({i, k, assets[i].glimpse(), 0, 0});
        plan_.cost += assets[i].cost_per_pass.value;
        course.replace(misses.owner, {std::move(misses)});
      }
  }

  std::vector<Misses> occasions_of(const Sortie& sortie, std::size_t owner, const Cloud& cloud,
                                   const Course& course) const {
    std::vector<Misses> out;
    std::size_t leg = 0;
    for (std::size_t visit = 0; visit < sortie.visits.size(); ++visit) {
      const std::size_t end = leg + sortie.visits[visit].legs;
      while (leg < end) {
        std::size_t same = leg;
        while (same < end &&
               course.step_of(sortie.legs[same].start) == course.step_of(sortie.legs[leg].start))
          ++same;
        out.push_back(
            cloud.misses({sortie.legs.data() + leg, same - leg}, plan_.request.law, sortie.legs[leg].start));
        out.back().owner = owner;
        out.back().visit = visit;
        leg = same;
      }
    }
    return out;
  }

  void plan_sorties(const Cloud& cloud, Course& course, SortiePlanner& planner) {
    std::vector<Sortie> flown(slots_.size());
    std::vector<double> gained(slots_.size(), 0);
    for (int sweep = 0; sweep <= kSweeps; ++sweep) {
      bool better = false;
      for (std::size_t s = 0; s < slots_.size() && !stopped(); ++s) {
        const Slot& slot = slots_[s];
        // A patrol of days is worth what its middle is worth: exact for targets that stand.
        const auto when = slot.start + static_cast<base::TimeMs>(slot.hours * base::kHour / 2);
        const std::vector<double> points = course.worth(plan_.request.motion ? when : slot.start, s);
        const auto gain_of = [&](const Sortie& sortie) {
          std::vector<double> left = points;
          double gain = 0;
          for (const Misses& one : occasions_of(sortie, s, cloud, course))
            for (const auto& [index, missed] : one.points) {
              gain += left[index] * (1 - missed);
              left[index] *= missed;
            }
          return gain;
        };
        const double had = flown[s].points.empty() ? 0 : gain_of(flown[s]);
        Sortie sortie = planner.plan(slot, cloud.gather(points), gain_of);
        if (sortie.points.empty()) continue;
        const double gain = gain_of(sortie);
        if (gain <= had * (1 + 1e-6) + 1e-9) continue;
        course.replace(s, occasions_of(sortie, s, cloud, course));
        flown[s] = std::move(sortie);
        better = true;
      }
      if (!better) break;
    }
    for (std::size_t s = 0; s < slots_.size(); ++s) {
      number_of_.push_back(plan_.sorties.size());
      if (flown[s].points.empty()) {
        ++idle_;
        continue;
      }
      plan_.hours += flown[s].hours();
      plan_.cost += flown[s].cost;
      plan_.sorties.push_back(std::move(flown[s]));
      flown_.push_back(s);
    }
  }

  void score(const Course::Outcome& outcome) {
    std::array<double, Cloud::kPerCell> replicas{};
    for (const Course::Detected& one : outcome.detected) {
      plan_.pos.value += one.mass;
      for (std::size_t k = 0; k < replicas.size(); ++k) replicas[k] += one.by_replica[k];
      if (one.owner >= slots_.size()) {
        Look& look = plan_.looks[one.owner - slots_.size()];
        look.covered = one.reached;
        look.pos = one.mass;
        continue;
      }
      Sortie& sortie = plan_.sorties[number_of_[one.owner]];
      sortie.pos += one.mass;
      sortie.visits[one.visit].pos += one.mass;
    }
    poc(outcome);
    double spread = 0;
    for (const double replica : replicas) spread += (replica - plan_.pos.value) * (replica - plan_.pos.value);
    constexpr double kStudent = 2.131;  // 95 %, 15 degrees of freedom
    const double n = Cloud::kPerCell, half = kStudent * std::sqrt(spread / (n * (n - 1)));
    plan_.pos.low = std::max(0.0, plan_.pos.value - half);
    plan_.pos.high = std::min(1.0, plan_.pos.value + half);
  }

  // Probability of containment: the prior's mass in the block.
  void poc(const Course::Outcome&) {
    for (Sortie& sortie : plan_.sorties)
      for (Visit& visit : sortie.visits)
        for (std::uint32_t r = visit.block.south; r < visit.block.north; ++r)
          for (std::uint32_t c = visit.block.west; c < visit.block.east; ++c)
            visit.poc += plan_.prior.mass[std::size_t{r} * plan_.grid.columns() + c];
  }

  // The bound holds for looks and sorties together: what the looks find by themselves, and what sorties could
  // find of the rest. With motion the two are simply added, which no plan exceeds either.
  void bound(const Cloud& cloud, std::vector<std::vector<double>> miles) {
    const PlanRequest& request = plan_.request;
    Course looks_only(plan_.grid, cloud, plan_.prior.mass, request.motion, request.from, request.to);
    std::vector<double> missed(cloud.points(), 1.0);
    for (std::size_t k = 0; k < plan_.looks.size(); ++k) {
      const Asset& asset = request.assets.assets[plan_.looks[k].asset];
      Misses misses = cloud.misses(asset.passes[plan_.looks[k].pass], asset.swath_nm(), asset.glimpse());
      for (const auto& [index, part] : misses.points) missed[index] *= part;
      misses.owner = k;
      looks_only.replace(k, {std::move(misses)});
    }
    double by_looks = 0;
    for (const auto& one : looks_only.run().detected) by_looks += one.mass;
    std::vector<double> mass = plan_.prior.mass;
    if (!request.motion) {
      std::vector<double> most(plan_.grid.cells(),
                               0);  // in a cell that a swath's edge cuts, the part it misses counts
      for (std::size_t p = 0; p < cloud.points(); ++p)
        most[cloud.cell(p)] = std::max(most[cloud.cell(p)], missed[p]);
      for (std::size_t cell = 0; cell < mass.size(); ++cell) mass[cell] *= most[cell];
    }
    const Bounds bounds(plan_.grid, request.assets, request.law, std::move(mass), std::move(miles),
                        request.motion, request.from, request.to);
    auto best = bounds.best(slots_);
    const double in_reach = 1 - (request.motion ? 0 : plan_.prior.out_of_bounds);
    plan_.bound = std::min(by_looks + best.bound, in_reach);
    plan_.allocated = std::min(by_looks + best.found, plan_.bound);
    plan_.coverage = std::move(best.coverage);

    const std::size_t wanted = request.motion ? 4 : kCurvePoints;
    const std::size_t every = std::max<std::size_t>(1, (flown_.size() + wanted - 1) / wanted);
    double hours = 0, found = by_looks, swept = 0;
    std::vector<Slot> slots;
    plan_.curve.bound.push_back({0, by_looks});
    plan_.curve.random.push_back({0, by_looks});
    plan_.curve.planned.push_back({0, by_looks});
    for (std::size_t k = 0; k < flown_.size() && !stopped(); ++k) {
      slots.push_back(slots_[flown_[k]]);
      hours += slots.back().hours;
      found += plan_.sorties[k].pos;
      for (const Leg& leg : plan_.sorties[k].legs)
        swept += leg.sweep_nm * base::distance_m(leg.from, leg.to) / base::kNauticalMileM;
      if ((k + 1) % every != 0 && k + 1 != flown_.size()) continue;
      // Looks that come later take some of what is counted for sorties here; the last point is exact.
      const bool all = k + 1 == flown_.size();
      plan_.curve.planned.push_back({hours, all ? plan_.pos.value : std::min(found, plan_.pos.value)});
      plan_.curve.bound.push_back({hours, all && slots.size() == slots_.size()
                                              ? plan_.bound
                                              : std::min(by_looks + bounds.best(slots).bound, in_reach)});
      plan_.curve.random.push_back({hours, by_looks + bounds.random(swept)});
    }
  }

  void add_notes() {
    const PlanRequest& request = plan_.request;
    auto& notes = plan_.notes;
    notes.push_back(fmt::format(
        "Within {:g} nm of any shore nobody searches or passes, except around the bases. The strip is "
        "measured from a coast line true to about 1 km; it is not a published baseline.",
        request.clearance_nm));
    if (plan_.prior.out_of_bounds > 0.0005)
      notes.push_back(fmt::format("{:.1f} % of the map lies where no patrol may search. No plan finds it.",
                                  100 * plan_.prior.out_of_bounds));
    if (plan_.prior.outside > 0)
      notes.push_back(fmt::format("{} sightings or sites lie outside the area and count for nothing.",
                                  plan_.prior.outside));
    if (idle_ > 0)
      notes.push_back(
          fmt::format("{} sorties stay at base: nothing worth searching is within their reach.", idle_));
    if (passes_outside_ > 0)
      notes.push_back(fmt::format("{} satellite passes lie outside the period.", passes_outside_));
    if (request.motion)
      notes.push_back(
          fmt::format("The target wanders: {:g} kn, a new course every {:g} h, in steps of {:g} h.",
                      request.motion->speed_kn, request.motion->persistence_h, request.motion->step_h));
    else
      notes.push_back("The target is taken to stand still for the whole period.");
    notes.push_back("Detection on the way to and between the search areas is not counted.");
    notes.push_back(
        "Weather, daylight, the sea's traffic, crew rest and clearances to fly are not in the model.");
    notes.push_back(
        "The map says where meetings were seen and reported. Where nobody looked, few were seen.");
  }

  Plan plan_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> number_of_, flown_;  // sortie of a slot, slot of a sortie
  std::size_t idle_ = 0, passes_outside_ = 0;
};

}  // namespace

base::Result<Plan> make_plan(PlanRequest request) {
  return Planner(std::move(request)).run();
}

}  // namespace cordon::patrol
