#include <algorithm>
#include <cmath>

#include "cordon/patrol/briefing_parts.hpp"

namespace cordon::patrol {

std::string curve_svg(const Plan& plan) {
  constexpr double kWide = 400, kHigh = 250, kLeft = 38, kRight = 96, kTop = 12, kBottom = 34;
  const Curve& curve = plan.curve;
  if (curve.bound.empty()) return {};
  const double hours = std::max(1.0, curve.bound.back().hours);
  double most = 0.05;
  for (const auto* line : {&curve.bound, &curve.planned, &curve.random})
    for (const CurvePoint& point : *line) most = std::max(most, point.chance);
  const double step = most > 0.5 ? 0.2 : most > 0.2 ? 0.1 : most > 0.1 ? 0.05 : 0.02;
  const double top = std::min(1.0, std::ceil(most / step) * step);
  const auto x = [&](double h) { return kLeft + h / hours * (kWide - kLeft - kRight); };
  const auto y = [&](double p) { return kHigh - kBottom - p / top * (kHigh - kTop - kBottom); };
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {:g} {:g}\" role=\"img\" aria-label=\"Probability of success against effort\">",
      kWide, kHigh);
  for (double p = 0; p <= top + 1e-9; p += step)
    out += fmt::format(
        "<path class=\"net\" d=\"M{0:.1f} {1:.1f}H{2:.1f}\"/><text x=\"{3:.1f}\" y=\"{4:.1f}\" "
        "text-anchor=\"end\">{5:.0f} %</text>",
        kLeft, y(p), kWide - kRight, kLeft - 5, y(p) + 4, 100 * p);
  for (int i = 0; i <= 4; ++i)
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:.0f}</text>",
                       x(hours * i / 4), kHigh - kBottom + 15, hours * i / 4);
  out += fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">hours away from base, all sorties so "
      "far</text>",
      (kLeft + kWide - kRight) / 2, kHigh - 4);
  const auto path = [&](const std::vector<CurvePoint>& points, bool back) {
    std::string d;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const CurvePoint& point = points[back ? points.size() - 1 - i : i];
      d += fmt::format("{}{:.1f} {:.1f}", i == 0 && !back ? 'M' : 'L', x(point.hours), y(point.chance));
    }
    return d;
  };
  out += fmt::format("<path class=\"between\" d=\"{}{}Z\"/>", path(curve.planned, false),
                     path(curve.random, true));
  for (const auto& [name, points] :
       {std::pair{"random", &curve.random}, {"bound", &curve.bound}, {"planned", &curve.planned}})
    out += fmt::format("<path class=\"{}\" d=\"{}\"/>", name, path(*points, false));
  for (const CurvePoint& point : curve.planned)
    out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.4\" fill=\"var(--accent)\"/>",
                       x(point.hours), y(point.chance));
  // Names at the ends of the lines, pushed apart where they meet.
  double at[3] = {y(curve.bound.back().chance), y(curve.planned.back().chance),
                  y(curve.random.back().chance)};
  at[1] = std::max(at[1], at[0] + 13);
  at[2] = std::max(at[2], at[1] + 13);
  const char* const names[3] = {"no plan above", "this plan", "without a map"};
  for (int i = 0; i < 3; ++i)
    out += fmt::format("<text class=\"label{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
                       i == 1 ? " planned-label" : "", kWide - kRight + 5, at[i] + 4, names[i]);
  return out + "</svg>";
}

}  // namespace cordon::patrol
