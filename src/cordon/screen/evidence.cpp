#include "cordon/screen/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cordon/base/ids.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/text.hpp"
#include "cordon/names/compare.hpp"

namespace cordon::screen {
namespace {

// For the meaning of each number see data/names/evidence.json.
struct Weights {
  double name_ceiling = 0.96, weak_alias = 0.93, weak_alias_same = 0.975, weak_alias_cap = 0.68,
         previous_name = 0.99;
  double imo = 0.97, imo_company = 0.95, lei = 0.97, passport = 0.93, mmsi = 0.88, callsign = 0.78;
  double imo_differs = 0.42, imo_typo = 0.02;
  double birth_same = 0.5, birth_year_same = 0.15, birth_near = -0.03, birth_day_differs = -0.08,
         birth_gap = -0.15, birth_far = -0.27;
  double country_same = 0.1, country_differs = -0.05, gender_differs = -0.25, flag_same = 0.1,
         build_same = 0.15, build_differs = -0.2;
};

const Weights& weights() {
  static const Weights loaded = [] {
    Weights w;
    const auto bytes = base::resource("names/evidence.json");
    if (!bytes) return w;
    const auto json = nlohmann::json::parse(*bytes, nullptr, false);
    const auto read = [&](const char* name, double& value) {
      if (json.is_object() && json.contains(name) && json[name].is_object())
        value = json[name].value("value", value);
    };
    read("name_ceiling", w.name_ceiling), read("weak_alias", w.weak_alias),
        read("weak_alias_same", w.weak_alias_same), read("weak_alias_cap", w.weak_alias_cap),
        read("previous_name", w.previous_name);
    read("imo", w.imo), read("imo_company", w.imo_company), read("lei", w.lei), read("passport", w.passport);
    read("mmsi", w.mmsi), read("callsign", w.callsign), read("imo_differs", w.imo_differs),
        read("imo_typo", w.imo_typo);
    read("birth_same", w.birth_same), read("birth_year_same", w.birth_year_same),
        read("birth_near", w.birth_near);
    read("birth_day_differs", w.birth_day_differs), read("birth_gap", w.birth_gap),
        read("birth_far", w.birth_far);
    read("country_same", w.country_same), read("country_differs", w.country_differs),
        read("gender_differs", w.gender_differs);
    read("flag_same", w.flag_same), read("build_same", w.build_same), read("build_differs", w.build_differs);
    return w;
  }();
  return loaded;
}

using Reasons = std::vector<std::string>;

// A weak alias ("Carlos Mario", "Nico") identifies by itself only where it is written as the list writes it.
double with_role(double score, NameRole role) {
  if (role == NameRole::previous) return score * weights().previous_name;
  if (role != NameRole::weak) return score;
  const double weak = score * weights().weak_alias;
  return score > weights().weak_alias_same ? weak : std::min(weak, weights().weak_alias_cap);
}

struct BestNames {
  const SubjectName *left = nullptr, *right = nullptr;
  double score = 0.0;
};

// The best pair of names. Exact where its score is `least` or more.
BestNames best_names(const Subject& a, const Subject& b, double least) {
  // Of two parties that may be anything, each name is also read as a ship's: but one that has the words of a
  // company is no ship.
  const auto company = [](const SubjectName& name) { return name.name.kind() == names::Kind::organisation; };
  const bool no_ships = a.party == Party::unknown && b.party == Party::unknown &&
                        (std::any_of(a.names.begin(), a.names.end(), company) ||
                         std::any_of(b.names.begin(), b.names.end(), company));
  BestNames best;
  for (const SubjectName& x : a.names) {
    const bool ship = x.name.kind() == names::Kind::vessel;
    if (no_ships && ship) continue;
    for (const SubjectName& y : b.names) {
      if (ship != (y.name.kind() == names::Kind::vessel)) continue;
      // A role takes from a score and never adds.
      const double s =
          with_role(with_role(names::score(x.name, y.name, std::max(least, best.score)), x.role), y.role);
      if (s > best.score || best.left == nullptr) best = {&x, &y, s};
    }
  }
  return best;
}

// One digit wrong, or two neighbours swapped.
bool near_number(std::uint32_t a, std::uint32_t b) {
  const std::string x = std::to_string(a), y = std::to_string(b);
  if (x.size() != y.size()) return false;
  std::size_t different = 0, first = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (x[i] != y[i] && different++ == 0) first = i;
  return different == 1 || (different == 2 && x[first] == y[first + 1] && x[first + 1] == y[first]);
}

// The birth dates that agree best. Amount: a share of what is missing to 1 where positive, else to be
// subtracted.
struct BirthFit {
  double amount = 0.0;
  const base::Date *left = nullptr, *right = nullptr;
};

double birth_amount(const base::Date& x, const base::Date& y) {
  const Weights& w = weights();
  if (x.complete() && y.complete() && x == y) return w.birth_same;
  const int gap = std::abs(x.year - y.year);
  if (gap == 0) {
    const bool swapped = x.complete() && y.complete() && x.day == y.month && x.month == y.day;
    const bool month_only = !x.complete() || !y.complete();
    if (swapped || (month_only && (x.month == 0 || y.month == 0 || x.month == y.month)))
      return w.birth_year_same;
    return x.complete() && y.complete() && x.month == y.month ? 0.0 : w.birth_day_differs;
  }
  return gap == 1 ? w.birth_near : gap <= 3 ? w.birth_gap : w.birth_far;
}

BirthFit fit_births(const Subject& a, const Subject& b) {
  BirthFit best;
  for (const base::Date& x : a.births)
    for (const base::Date& y : b.births)
      if (const double amount = birth_amount(x, y); best.left == nullptr || amount > best.amount)
        best = {amount, &x, &y};
  return best;
}

bool share(const std::vector<std::uint16_t>& a, const std::vector<std::uint16_t>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](std::uint16_t x) { return std::find(b.begin(), b.end(), x) != b.end(); });
}

std::string country_list(const std::vector<std::uint16_t>& countries) {
  std::string out;
  for (const std::uint16_t country : countries)
    out += (out.empty() ? "" : ", ") + base::country_name(country_letters(country));
  return out;
}

// Adds to score: a share of what is missing to 1, or a loss.
void apply(double& score, double amount) {
  score += amount > 0.0 ? amount * (1.0 - score) : amount;
}

struct NumberKind {
  std::string_view prefix, label;
  double score;
};

// Reasons of identity by number, strongest first; returns the floor that they give.
double numbers_agree(const Subject& a, const Subject& b, Reasons* reasons) {
  const Weights& w = weights();
  double floor = 0.0;
  const auto found = [&](double score, std::string_view label, const std::string& number) {
    floor = std::max(floor, score) + (floor > 0.0 ? 0.01 : 0.0);
    if (reasons != nullptr) reasons->push_back(fmt::format("{} {} is identical.", label, number));
  };
  if (a.imo && a.imo == b.imo) found(w.imo, "IMO number", std::to_string(a.imo));
  if (a.imo_company && a.imo_company == b.imo_company)
    found(w.imo_company, "IMO company number", std::to_string(a.imo_company));
  for (const std::string& number : a.numbers)
    for (const std::string& other : b.numbers) {
      if (number != other) continue;
      for (const NumberKind& kind :
           {NumberKind{"lei:", "LEI", w.lei}, NumberKind{"passport:", "Passport number", w.passport},
            NumberKind{"callsign:", "Call sign", w.callsign}})
        if (number.starts_with(kind.prefix)) found(kind.score, kind.label, number.substr(kind.prefix.size()));
    }
  if (a.mmsi && a.mmsi == b.mmsi) found(w.mmsi, "MMSI", std::to_string(a.mmsi));
  return std::min(floor, 0.985);
}

// Never less for a better name.
double put_together(const Subject& a, const Subject& b, const BestNames& best, Reasons* reasons) {
  const Weights& w = weights();
  Reasons* const out = reasons;
  double score = best.score <= 0.9 ? best.score : 0.9 + (best.score - 0.9) * (w.name_ceiling - 0.9) / 0.1;
  const double floor = numbers_agree(a, b, out);
  if (floor > 0.0) {
    // The number decides; a name that agrees as well adds to it, one that does not is told.
    const double name = score;
    score = std::max(score, floor);
    if (name >= names::kMatch)
      apply(score, 0.5);
    else if (out != nullptr && best.left != nullptr)
      out->push_back(
          fmt::format("The names differ: {} against {}.", best.left->name.text(), best.right->name.text()));
  }
  if (out != nullptr && best.left != nullptr && (floor == 0.0 || best.score >= names::kMatch)) {
    for (std::string& reason : names::compare(best.left->name, best.right->name).reasons)
      out->push_back(std::move(reason));
    if (best.right->role == NameRole::weak)
      out->push_back(fmt::format("{} is a weak alias.", best.right->name.text()));
    if (best.right->role == NameRole::previous)
      out->push_back(fmt::format("{} is a previous name.", best.right->name.text()));
  }
  const auto say = [&]<class... Values>(fmt::format_string<Values...> reason, Values&&... values) {
    if (out != nullptr) out->push_back(fmt::format(reason, std::forward<Values>(values)...));
  };
  if (a.imo && b.imo && a.imo != b.imo) {
    if (near_number(a.imo, b.imo)) {
      apply(score, w.imo_typo);
      say("IMO numbers {} and {} differ by one slip of the hand.", a.imo, b.imo);
    } else {
      score = std::min(score, w.imo_differs);
      say("IMO number differs: {} against {}.", a.imo, b.imo);
    }
  }
  if (const BirthFit fit = fit_births(a, b); fit.left != nullptr) {
    if (score >= 0.5 || fit.amount < 0.0) apply(score, fit.amount);
    if (out != nullptr) {
      const std::string x = base::to_string(*fit.left), y = base::to_string(*fit.right);
      if (fit.amount == w.birth_same)
        say("Date of birth {} is identical.", x);
      else if (fit.amount > 0.0)
        say("Date of birth agrees as far as it is known: {} and {}.", x, y);
      else if (fit.amount < 0.0)
        say("Date of birth differs: {} against {}.", x, y);
      else
        say("Date of birth differs in the day only: {} against {}.", x, y);
    }
  }
  if (!a.countries.empty() && !b.countries.empty()) {
    const bool same = share(a.countries, b.countries);
    if (score >= 0.5 || !same) apply(score, same ? w.country_same : w.country_differs);
    if (out != nullptr)
      same ? say("A country is the same.")
           : say("Country differs: {} against {}.", country_list(a.countries), country_list(b.countries));
  }
  if (a.gender && b.gender && a.gender != b.gender) {
    apply(score, w.gender_differs);
    say("Gender differs.");
  }
  if (a.flag && b.flag && a.flag == b.flag && score >= 0.5) {
    apply(score, w.flag_same);
    if (out != nullptr) say("Flag is the same: {}.", base::country_name(country_letters(a.flag)));
  }
  if (a.build_year && b.build_year) {
    const int gap = std::abs(a.build_year - b.build_year);
    if (gap == 0 && score >= 0.5) apply(score, w.build_same);
    if (gap > 1 && floor == 0.0) apply(score, w.build_differs);
    if (gap == 0) say("Year of build {} is the same.", a.build_year);
    if (gap > 1) say("Year of build differs: {} against {}.", a.build_year, b.build_year);
  }
  return std::clamp(score, 0.0, 0.999);
}

bool only_named(const Subject& s) {
  return s.births.empty() && s.countries.empty() && s.numbers.empty() && !s.flag && !s.gender && !s.imo &&
         !s.imo_company && !s.mmsi && !s.build_year;
}

// A score so low that no name with less makes a pair of `least`, and not far below the lowest that does;
// nullopt where no name does.
std::optional<double> name_needed(const Subject& a, const Subject& b, double least) {
  const auto enough = [&](double name) {
    return put_together(a, b, {nullptr, nullptr, name}, nullptr) >= least;
  };
  // Mostly nothing but the name is known: what is needed is what is asked, or a little more.
  const double asked = std::min(0.999 * least, 0.9);
  if (only_named(a)) return asked;
  if (enough(0.0)) return 0.0;
  if (!enough(1.0)) return std::nullopt;
  double low = 0.0, high = 1.0;
  for (double middle = asked; high - low > 0.02; middle = (low + high) / 2)
    (enough(middle) ? high : low) = middle;
  return low;
}

}  // namespace

double score(const Subject& a, const Subject& b, double least) {
  if (!comparable(a.party, b.party)) return 0.0;
  const std::optional<double> name = name_needed(a, b, least);
  return name ? put_together(a, b, best_names(a, b, *name), nullptr) : 0.0;
}

Verdict judge(const Subject& a, const Subject& b) {
  Verdict verdict;
  if (!comparable(a.party, b.party)) {
    verdict.reasons.push_back("One is a person, company or ship, the other is not of that kind.");
    return verdict;
  }
  verdict.score = put_together(a, b, best_names(a, b, 0.0), &verdict.reasons);
  verdict.match = verdict.score >= threshold();
  return verdict;
}

double threshold() {
  return names::kMatch;
}

Query query_of(const model::Entity& entity) {
  Query query;
  query.id = entity.id;
  query.schema = entity.schema;
  if (!entity.caption.empty()) query.names.push_back(entity.caption);
  const auto put = [](std::string& field, std::string_view value) {
    if (field.empty()) field = std::string(value);
  };
  for (const model::Property& p : entity.properties) {
    const std::string_view n = p.name;
    if (n == "name" || n == "alias" || n == "previousName" || n == "originalScript") {
      if (std::find(query.names.begin(), query.names.end(), p.value) == query.names.end())
        query.names.push_back(p.value);
    } else if (n == "birthDate")
      query.birth_dates.push_back(p.value);
    else if (n == "country" || n == "nationality" || n == "citizenship" || n == "jurisdiction")
      query.countries.push_back(p.value);
    else if (n == "flag")
      put(query.flag, p.value);
    else if (n == "gender")
      put(query.gender, p.value);
    else if (n == "imoNumber")
      put(query.imo, p.value);
    else if (n == "imoCompany")
      put(query.imo_company, p.value);
    else if (n == "mmsi")
      put(query.mmsi, p.value);
    else if (n == "callSign")
      put(query.callsign, p.value);
    else if (n == "passportNumber")
      put(query.passport, p.value);
    else if (n == "leiCode")
      put(query.lei, p.value);
    else if (n == "buildDate")
      put(query.build_year, p.value);
  }
  return query;
}

Verdict compare_pair(const Query& left, const Query& right) {
  return judge(subject_of(left), subject_of(right));
}
Verdict compare_pair(const Query& query, const model::Entity& entity) {
  return judge(subject_of(query), subject_of(entity));
}
Verdict compare_entities(const model::Entity& left, const model::Entity& right) {
  return judge(subject_of(left), subject_of(right));
}

}  // namespace cordon::screen
