#include "cordon/patrol/briefing.hpp"

#include <algorithm>
#include <cmath>

#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/patrol/briefing_parts.hpp"
#include "cordon/patrol/plan_json.hpp"

namespace cordon::patrol {
namespace {

std::string percent(double share, int decimals = 1) {
  return fmt::format("{:.{}f} %", 100 * share, decimals);
}

std::string clock(base::TimeMs time) {  // 08 Feb 14:05
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const base::TimeMs minute = (time + base::kMinute / 2) / base::kMinute * base::kMinute;
  const base::Date date = base::date_of(minute);
  const auto of_day = (minute - base::start_of(date)) / base::kMinute;
  return fmt::format("{:02} {} {:02}:{:02}", date.day, kMonths[date.month - 1], of_day / 60, of_day % 60);
}

std::string figure(std::string_view value, std::string_view words, bool weak = false) {
  return fmt::format("<div class=\"figure{}\"><b>{}</b><span>{}</span></div>", weak ? " weak" : "", value,
                     words);
}

std::string figures_row(const Plan& plan) {
  const double share = plan.bound > 0 ? plan.pos.value / plan.bound : 0;
  std::string out = "<div class=\"figures\">";
  out += figure(percent(plan.pos.value), fmt::format("probability of success (95 %: {:.1f} to {:.1f})",
                                                     100 * plan.pos.low, 100 * plan.pos.high));
  out +=
      figure(percent(plan.bound),
             fmt::format("no plan with these assets exceeds this; {:.0f} % of it is reached", 100 * share));
  out += figure(plan.curve.random.empty() ? "–" : percent(plan.curve.random.back().chance),
                "the same miles of search, spread evenly without a map", true);
  out += figure(percent(plan.prior.out_of_bounds), "of the map lies where nobody may search", true);
  out += figure(fmt::format("{:.0f} h", plan.hours),
                fmt::format("{} sorties; cost about {:.0f} k CAD, rates assumed", plan.sorties.size(),
                            plan.cost / 1000),
                true);
  return out + "</div>";
}

std::string legend(const Plan& plan) {
  const auto line = [](std::string_view kind, std::string_view words) {
    return fmt::format(
        "<span><svg width=\"22\" height=\"10\"><path class=\"{}\" d=\"M1 5H21\"/></svg>{}</span>", kind,
        words);
  };
  std::string out = "<div class=\"legend\">";
  const auto& assets = plan.request.assets.assets;
  for (std::size_t i = 0; i < assets.size(); ++i)
    if (assets[i].kind != AssetKind::satellite)
      out += line(fmt::format("legs k{}", i % kHues), fmt::format("{}: search legs", shown(assets[i].name)));
  out += line("way k4", "transit");
  out +=
      "<span><svg width=\"22\" height=\"10\"><rect class=\"heat\" width=\"22\" height=\"10\" "
      "fill-opacity=\".7\"/></svg>where the target may be</span>";
  out +=
      "<span><svg width=\"22\" height=\"10\"><rect class=\"shut\" width=\"22\" height=\"10\"/></svg>not "
      "searched: near a shore, or barred</span>";
  if (!plan.request.no_go.empty())
    out +=
        "<span><svg width=\"22\" height=\"10\"><rect class=\"nogo\" width=\"22\" height=\"10\"/></svg>no-go "
        "area</span>";
  if (!plan.looks.empty()) out += line("swath", "satellite swath");
  return out + "</div>";
}

std::string prior_card(const Plan& plan) {
  std::string out =
      "<section class=\"card\"><h3>What the map is made of</h3><table><thead><tr><th>Evidence</th><th "
      "class=\"num\">Count</th>"
      "<th class=\"num\">Share</th></tr></thead><tbody>";
  for (const PriorPart& part : plan.prior.parts) {
    std::string name = part.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    out += fmt::format("<tr><td>{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>",
                       part.name == "floor" ? "even floor over the sea" : shown(name),
                       part.name == "floor" ? "" : fmt::format("{}", part.count), percent(part.share));
  }
  return out + "</tbody></table></section>";
}

std::string notes_card(const Plan& plan) {
  std::string out = "<section class=\"card\"><h3>What to know before relying on it</h3><ul class=\"notes\">";
  for (const std::string& note : plan.notes) out += "<li>" + shown(note) + "</li>";
  return out + "</ul></section>";
}

std::string overview(const Plan& plan) {
  std::string out =
      "<h2>Sorties<small>times UTC; POS is what each adds to those before</small></h2><div "
      "class=\"scroll\"><table><thead><tr><th></th><th>Asset</th>"
      "<th>Off</th><th>Back</th><th class=\"num\">Hours</th><th class=\"num\">of which search</th><th "
      "class=\"num\">May be away</th>"
      "<th class=\"num\">Track, nm</th><th class=\"num\">Areas</th><th "
      "class=\"num\">POS</th></tr></thead><tbody>";
  for (const Sortie& sortie : plan.sorties) {
    const Asset& asset = plan.request.assets.assets[sortie.asset];
    const double limit =
        std::min(asset.usable_h(), static_cast<double>(plan.request.to - sortie.start) / base::kHour);
    out += fmt::format(
        "<tr><td><span class=\"chip f{}\">{}</span></td><td>{}<br><small>{}, {}</small></td><td "
        "class=\"mono\">{}</td><td class=\"mono\">{}</td>"
        "<td class=\"num\">{:.1f}</td><td class=\"num\">{:.1f}</td><td class=\"num\">{:.1f}</td><td "
        "class=\"num\">{:.0f}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>",
        sortie.asset % kHues, sign_of(plan, sortie), shown(asset.name), shown(asset.base_name), asset.mode,
        clock(sortie.start), clock(sortie.end), sortie.hours(), sortie.search_h, limit, sortie.track_nm,
        sortie.visits.size(), percent(sortie.pos, 2));
  }
  for (const Look& look : plan.looks) {
    const Asset& asset = plan.request.assets.assets[look.asset];
    out += fmt::format(
        "<tr><td>SAT</td><td>{}<br><small>one look, chance {:.0f} % in the swath</small></td><td "
        "class=\"mono\">{}</td><td></td><td></td><td></td>"
        "<td></td><td></td><td></td><td class=\"num\">{}</td></tr>",
        shown(asset.name), 100 * look.chance, clock(asset.passes[look.pass].time), percent(look.pos, 2));
  }
  return out + "</tbody></table></div>";
}

// A row an area: commence search point, first course, leg length, number and spacing say all of a ladder.
std::string order_of(const Plan& plan, const Sortie& sortie) {
  const Asset& asset = plan.request.assets.assets[sortie.asset];
  std::string out = fmt::format(
      "<section class=\"order\"><h3><span class=\"chip f{}\">{}</span>{}<small>off {} {}, back {}; search "
      "{:g} kn, transit {:g} kn, sweep width {:.1f} nm</small></h3>"
      "<div class=\"scroll\"><table><thead><tr><th>Area</th><th>On task</th><th>Off task</th><th>Commence "
      "search point</th><th>First course</th>"
      "<th class=\"num\">Legs × nm</th><th class=\"num\">Spacing, nm</th><th>Last point</th><th "
      "class=\"num\">C</th><th class=\"num\">POD</th><th class=\"num\">POC</th><th "
      "class=\"num\">POS</th></tr></thead><tbody>",
      sortie.asset % kHues, sign_of(plan, sortie), shown(asset.name), shown(asset.base_name),
      clock(sortie.start), clock(sortie.end), asset.speed_kn.value, asset.transit_kn.value,
      asset.effective_sweep_nm());
  std::size_t leg = 0;
  for (std::size_t i = 0; i < sortie.visits.size(); ++i) {
    const Visit& visit = sortie.visits[i];
    const Leg &first = sortie.legs[leg], &last = sortie.legs[leg + visit.legs - 1];
    leg += visit.legs;
    const double course = base::bearing_deg(first.from, first.to);
    const double long_nm = base::distance_m(first.from, first.to) / base::kNauticalMileM;
    std::string way = fmt::format("{:03.0f}°", course >= 359.5 ? 0.0 : course);
    if (visit.legs > 1) {
      const double on = base::bearing_deg(first.to, sortie.legs[leg - visit.legs + 1].from);
      const char* const names[] = {"N", "E", "S", "W"};
      way += fmt::format(", creeping {}", names[static_cast<int>(std::lround(on / 90)) % 4]);
    }
    out += fmt::format(
        "<tr><td>{}.{}</td><td class=\"mono\">{}</td><td class=\"mono\">{}</td><td class=\"mono\">{}</td><td "
        "class=\"mono\">{}</td><td class=\"num\">{} × {:.0f}</td>"
        "<td class=\"num\">{:.1f}</td><td class=\"mono\">{}</td><td class=\"num\">{:.2f}</td><td "
        "class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>",
        sign_of(plan, sortie), i + 1, clock(visit.start), clock(visit.end), degrees_minutes(first.from), way,
        visit.legs, long_nm, visit.spacing_nm, degrees_minutes(last.to), visit.coverage,
        percent(visit.pod, 0), percent(visit.poc), percent(visit.pos, 2));
  }
  out += fmt::format(
      "</tbody></table></div><details class=\"screen\"><summary>All {} turning points</summary><ol "
      "class=\"points\">",
      sortie.points.size());
  for (const TurningPoint& point : sortie.points)
    out += fmt::format("<li>{} {}</li>", clock(point.time).substr(7), degrees_minutes(point.at));
  return out + "</ol></details></section>";
}

std::string assets_table(const Plan& plan) {
  std::string out =
      "<h2>Assets and where their figures come from</h2><div "
      "class=\"scroll\"><table><thead><tr><th>Asset</th><th>Figure</th><th "
      "class=\"num\">Value</th><th>Source</th></tr></thead><tbody>";
  for (const Asset& asset : plan.request.assets.assets) {
    bool first = true;
    for (const auto& [name, one] : figures(asset)) {
      std::string words(name);
      std::replace(words.begin(), words.end(), '_', ' ');
      out += fmt::format(
          "<tr><td>{}</td><td>{}</td><td class=\"num\">{:g}</td><td>{}{}</td></tr>",
          first ? fmt::format("<b>{}</b><br><small>{}</small>", shown(asset.name), shown(asset.title)) : "",
          words, one->value, one->assumed ? "<span class=\"tag amber\">assumed</span> " : "",
          shown(one->source));
      first = false;
    }
  }
  return out + "</tbody></table></div>";
}

base::Result<void> replace(std::string& page, std::string_view mark, std::string_view text) {
  const auto at = page.find(mark);
  if (at == std::string::npos) return base::fail("report/briefing.html: the mark {} is missing", mark);
  page.replace(at, mark.size(), text);
  return {};
}

}  // namespace

std::string shown(std::string_view text) {
  return base::escape_markup(base::printable(text));
}

std::string sign_of(const Plan&, const Sortie& sortie) {
  return fmt::format("{}{}", static_cast<char>('A' + static_cast<char>(sortie.asset % 26)), sortie.number);
}

std::string degrees_minutes(const base::LatLon& at) {
  const auto one = [](double degrees, int digits, char plus, char minus) {
    const auto tenths = std::llround(std::abs(degrees) * 600);
    return fmt::format("{:0{}}°{:02}.{}'{}", tenths / 600, digits, tenths % 600 / 10, tenths % 10,
                       degrees < 0 ? minus : plus);
  };
  return one(at.lat(), 2, 'N', 'S') + " " + one(at.lon(), 3, 'E', 'W');
}

base::Result<std::string> briefing_html(const Plan& plan) {
  const PlanRequest& request = plan.request;
  std::string body = fmt::format(
      "<header class=\"head\"><h1>Patrol plan</h1><p>{} to {} UTC</p><p class=\"right\">target: {}; sea "
      "state {}; detection law: {}; seed {}</p></header>",
      clock(request.from), clock(request.to), shown(request.assets.target), request.assets.sea_state,
      detection_name(request.law), request.seed);
  body += figures_row(plan);
  body += "<div class=\"two\"><section class=\"card chart\">" + chart_svg(plan) + legend(plan) +
          "</section><div class=\"stack\"><section class=\"card curve\"><h3>Chance against effort</h3>" +
          curve_svg(plan) + "</section>" + prior_card(plan) + notes_card(plan) + "</div></div>";
  body += overview(plan);
  body +=
      "<h2>Search areas<small>C: coverage factor W/S; POD: of a target inside, by the law; POC: of the "
      "map inside; POS: added here, "
      "by the geometry of the legs</small></h2>";
  for (const Sortie& sortie : plan.sorties) body += order_of(plan, sortie);
  body += assets_table(plan);

  const auto page = base::resource("report/briefing.html");
  if (!page) return tl::unexpected(page.error());
  std::string style;
  for (const auto* name : {"styles/tokens.css", "styles/base.css", "report/briefing.css"}) {
    const auto file = base::resource(name);
    if (!file) return tl::unexpected(file.error());
    style += *file;
  }
  std::string html(*page);
  if (auto done = replace(html, "/*STYLE*/", style); !done) return tl::unexpected(done.error());
  if (auto done = replace(html, "<!--BODY-->", body); !done) return tl::unexpected(done.error());
  return html;
}

}  // namespace cordon::patrol
