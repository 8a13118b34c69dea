// Decides each measure of a jurisdiction on the facts, then says one verdict for the whole.
#include <algorithm>

#include "cordon/law/evaluate.hpp"
#include "cordon/law/law.hpp"

namespace cordon::law {
namespace {

using Kind = VerdictWord::Kind;

struct Hit {
  std::uint32_t measure = 0;
  std::uint8_t rank = 0;
  bool joins = false, separate = false;
  std::vector<std::uint32_t> exemptions;
  std::string because;
  std::vector<std::string> missing;
};

void add_unique(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

class Judge {
 public:
  Judge(const Compiled& book, Case& facts, std::int64_t day) : book_(book), case_(facts), day_(day) {
    open_ = rank("needs_more_information");
    not_covered_ = rank("not_covered");
    expired_ = rank("expired_or_superseded");
  }

  std::vector<Hit> hits(std::uint32_t jurisdiction) {
    std::vector<Hit> all;
    const auto [first, last] = book_.range[jurisdiction];
    for (std::uint32_t i = first; i < last; ++i) {
      const Rule& rule = book_.rules[i];
      Tri state = Tri::no;
      if (rule.decides && in_force(rule)) {
        state = case_.value(rule.when);
        if (state != Tri::no) all.push_back(decide(i, state));
      }
      case_.reached(i, state);
    }
    for (Hit& hit : all) yield(hit, all);
    return all;
  }

  std::vector<Verdict> judge(std::uint32_t jurisdiction) {
    for (std::uint16_t slot = 0; slot < book_.slots.size(); ++slot) {
      if (!book_.slots[slot].required || case_.known(slot)) continue;
      Verdict verdict = blank(jurisdiction, open_);
      verdict.because = fmt::format("Without the fact '{}' nothing can be said.", book_.slots[slot].name);
      verdict.missing = {book_.slots[slot].ask};
      return {std::move(verdict)};
    }
    std::vector<Hit> all = hits(jurisdiction);
    std::vector<Hit> main;
    for (const Hit& hit : all)
      if (!hit.joins && !hit.separate) main.push_back(hit);
    std::vector<Verdict> verdicts;
    if (!main.empty()) verdicts.push_back(combine(jurisdiction, main, all));
    for (const Hit& hit : all) {
      if (!hit.separate || (!verdicts.empty() && verdicts.front().verdict == book_.verdicts[hit.rank].word)) {
        if (hit.separate) add_hit(verdicts.front(), hit);
        continue;
      }
      Verdict own = blank(jurisdiction, hit.rank);
      add_hit(own, hit);
      verdicts.push_back(std::move(own));
    }
    add_expired(jurisdiction, verdicts);
    if (verdicts.empty()) verdicts.push_back(nothing(jurisdiction));
    return verdicts;
  }

 private:
  std::uint8_t rank(std::string_view word) const {
    for (std::size_t i = 0; i < book_.verdicts.size(); ++i)
      if (book_.verdicts[i].word == word) return static_cast<std::uint8_t>(i);
    return static_cast<std::uint8_t>(book_.verdicts.size() - 1);
  }
  Kind kind(std::uint8_t r) const { return book_.verdicts[r].kind; }
  template <class R>
  bool in_force(const R& rule) const {
    return rule.start_day <= day_ && day_ <= rule.last_day;
  }

  // The first outcome whose condition holds; one that cannot be decided leaves the verdict open.
  template <class R>
  void outcome(const R& rule, Hit& hit) {
    for (const Outcome& one : rule.outcomes) {
      const Tri state = one.has_when ? case_.value(one.when) : Tri::yes;
      if (state == Tri::no) continue;
      hit.because = one.because;
      hit.separate = one.separate;
      if (state == Tri::unknown) {
        hit.rank = open_;
        hit.because = "depends on what is missing";
        if (!one.because.empty()) hit.because += "; " + one.because;
        case_.missing(one.when, hit.missing);
      } else {
        hit.rank = one.verdict;
        for (const std::string& text : one.missing) add_unique(hit.missing, text);
      }
      return;
    }
  }

  Hit decide(std::uint32_t index, Tri state) {
    const Rule& rule = book_.rules[index];
    Hit hit;
    hit.measure = index;
    hit.joins = rule.joins;
    if (state == Tri::unknown) {
      hit.rank = open_;
      const std::string& because = rule.outcomes.back().because;
      hit.because = "whether it applies depends on what is missing; " +
                    (because.empty() ? book_.measures[index].summary : because);
      case_.missing(rule.when, hit.missing);
    } else {
      outcome(rule, hit);
    }
    if (!hit.joins) exempt(rule, hit);
    return hit;
  }

  // The most lenient of the exemptions that hold decides; all that lead to the same freedom are named. An
  // open question is settled only by one that frees the act whatever the answer.
  void exempt(const Rule& rule, Hit& hit) {
    const Kind before = kind(hit.rank);
    if (before != Kind::restrictive && before != Kind::open) return;
    std::vector<std::pair<std::uint32_t, Hit>> holding;
    for (const std::uint32_t e : rule.exemptions) {
      const ExemptionRule& exemption = book_.exemption_rules[e];
      if (!exemption.decides || !in_force(exemption)) continue;
      const Tri state = case_.value(exemption.when);
      if (state == Tri::no || (state == Tri::unknown && !exemption.open)) continue;
      Hit as;
      if (state == Tri::unknown) {
        as.rank = open_;
        as.because = exemption.outcomes.back().because;
        case_.missing(exemption.when, as.missing);
      } else {
        outcome(exemption, as);
      }
      holding.emplace_back(e, std::move(as));
    }
    if (holding.empty()) return;
    const bool freed = std::any_of(holding.begin(), holding.end(),
                                   [&](const auto& h) { return kind(h.second.rank) == Kind::permissive; });
    if (before == Kind::open) {
      if (!freed) return;
      hit.missing.clear();
    }
    const bool open = std::any_of(holding.begin(), holding.end(),
                                  [&](const auto& h) { return kind(h.second.rank) == Kind::open; });
    std::uint8_t best = 0;
    for (auto& [e, as] : holding) {
      if (kind(as.rank) != (freed ? Kind::permissive : open ? Kind::open : Kind::restrictive)) continue;
      best = std::max(best, as.rank);
      hit.exemptions.push_back(e);
      if (!as.because.empty()) hit.because += (hit.because.empty() ? "" : "; ") + as.because;
      for (const std::string& text : as.missing) add_unique(hit.missing, text);
    }
    hit.rank = best;
  }

  // The special rule goes before the general one: this hit takes the verdict of what it yields to.
  void yield(Hit& hit, const std::vector<Hit>& all) const {
    if (kind(hit.rank) != Kind::restrictive) return;
    for (const std::uint32_t to : book_.rules[hit.measure].yields_to)
      for (const Hit& other : all)
        if (other.measure == to && kind(other.rank) != Kind::open) hit.rank = std::max(hit.rank, other.rank);
  }

  Verdict blank(std::uint32_t jurisdiction, std::uint8_t r) const {
    Verdict verdict;
    verdict.jurisdiction = book_.jurisdictions[jurisdiction].code;
    verdict.verdict = book_.verdicts[r].word;
    return verdict;
  }

  void add_basis(Verdict& verdict, std::uint32_t measure) const {
    const model::Measure& m = book_.measures[measure];
    for (const Basis& basis : verdict.basis)
      if (basis.id == m.id) return;
    verdict.basis.push_back({m.id, false, m.citation});
  }

  void say(Verdict& verdict, const std::string& text) const {
    if (text.empty() || verdict.because.find(text) != std::string::npos) return;
    if (!verdict.because.empty()) verdict.because += ' ';
    verdict.because += text;
  }

  void add_hit(Verdict& verdict, const Hit& hit) const {
    const model::Measure& m = book_.measures[hit.measure];
    for (const std::uint32_t e : hit.exemptions) {
      const Exemption& exemption = book_.exemptions[e];
      if (std::none_of(verdict.basis.begin(), verdict.basis.end(),
                       [&](const Basis& b) { return b.id == exemption.id; }))
        verdict.basis.push_back({exemption.id, true, exemption.citation});
    }
    add_basis(verdict, hit.measure);
    for (const std::uint32_t other : book_.rules[hit.measure].also) add_basis(verdict, other);
    std::string reason = m.citation.text + ": " + (hit.because.empty() ? m.summary : hit.because);
    if (reason.back() != '.') reason += '.';
    say(verdict, reason);
    for (const std::string& text : hit.missing) add_unique(verdict.missing, text);
    if (kind(hit.rank) == Kind::restrictive || hit.joins) add_unique(verdict.may_or_must, m.may_or_must);
  }

  Verdict combine(std::uint32_t jurisdiction, std::vector<Hit>& main, const std::vector<Hit>& all) {
    std::stable_sort(main.begin(), main.end(), [](const Hit& a, const Hit& b) { return a.rank < b.rank; });
    const std::uint8_t first = main.front().rank;
    Verdict verdict = blank(jurisdiction, first);
    for (const Hit& hit : main)
      if (kind(hit.rank) == kind(first)) add_hit(verdict, hit);
    if (kind(first) == Kind::open) {
      add_near(jurisdiction, verdict, false);
    } else {
      for (const Hit& hit : all)
        if (hit.joins && hit.rank != open_) add_hit(verdict, hit);
    }
    return verdict;
  }

  // Measures a reader would think of, and why they do not reach the facts.
  void add_near(std::uint32_t jurisdiction, Verdict& verdict, bool later) {
    const auto [first, last] = book_.range[jurisdiction];
    for (std::uint32_t i = first; i < last; ++i) {
      const Rule& rule = book_.rules[i];
      if (rule.has_near && in_force(rule) && case_.value(rule.near) == Tri::yes) {
        add_basis(verdict, i);
        say(verdict, fmt::format("{} does not reach these facts: {}", book_.measures[i].citation.text,
                                 book_.measures[i].summary));
      }
    }
    if (!later) return;
    for (const NotCovered& trap : book_.not_covered) {
      if (book_.rules[trap.near].jurisdiction != jurisdiction) continue;
      if (!case_.has_word(book_.slot_direction, trap.direction)) continue;
      if (std::none_of(case_.hs().begin(), case_.hs().end(),
                       [&](const std::string& code) { return code.starts_with(trap.prefix); }))
        continue;
      add_basis(verdict, trap.near);
      say(verdict, fmt::format("HS {}: {}.", trap.prefix, trap.why));
    }
    for (std::uint32_t i = first; i < last; ++i) {
      const Rule& rule = book_.rules[i];
      if (!rule.decides || rule.joins || rule.start_day <= day_ || case_.value(rule.when) != Tri::yes)
        continue;
      add_basis(verdict, i);
      say(verdict, fmt::format("{} starts only on {}.", book_.measures[i].citation.text,
                               base::to_string(book_.measures[i].start)));
    }
  }

  Verdict nothing(std::uint32_t jurisdiction) {
    Verdict verdict = blank(jurisdiction, not_covered_);
    say(verdict,
        fmt::format("No measure of {} in the book reaches these facts on {}; this is not a clearance.",
                    book_.jurisdictions[jurisdiction].name, base::to_string(base::date_from_days(day_))));
    add_near(jurisdiction, verdict, true);
    return verdict;
  }

  // What the facts rely on, or ask about, but is no longer the law.
  void add_expired(std::uint32_t jurisdiction, std::vector<Verdict>& verdicts) {
    Verdict expired = blank(jurisdiction, expired_);
    const auto [first, last] = book_.range[jurisdiction];
    for (std::uint32_t i = first; i < last; ++i) {
      const Rule& rule = book_.rules[i];
      if (day_ <= rule.last_day) continue;
      const auto& cited = case_.cited();
      const bool relied = std::find(cited.begin(), cited.end(), i) != cited.end();
      if (!relied && !(rule.has_asked && case_.value(rule.asked) == Tri::yes)) continue;
      const model::Measure& m = book_.measures[i];
      add_basis(expired, i);
      say(expired, fmt::format("{} ended on {}{}.", m.citation.text,
                               base::to_string(base::date_from_days(rule.last_day)),
                               m.superseded_by.empty() ? "" : "; now " + m.superseded_by));
      if (const auto next = book_.measure_index.find(m.superseded_by); next != book_.measure_index.end())
        add_basis(expired, next->second);
    }
    for (const std::uint32_t e : case_.cited_exemptions()) {
      const ExemptionRule& rule = book_.exemption_rules[e];
      if (rule.jurisdiction != jurisdiction || day_ <= rule.last_day) continue;
      const Exemption& exemption = book_.exemptions[e];
      expired.basis.push_back({exemption.id, true, exemption.citation});
      say(expired, fmt::format("{} ended on {}.", exemption.citation.text, base::to_string(exemption.end)));
    }
    if (!expired.basis.empty()) verdicts.push_back(std::move(expired));
  }

  const Compiled& book_;
  Case& case_;
  std::int64_t day_;
  std::uint8_t open_ = 0, not_covered_ = 0, expired_ = 0;
};

Verdict undecided(std::string_view jurisdiction, std::string because, std::string missing) {
  Verdict verdict;
  verdict.jurisdiction = jurisdiction;
  verdict.verdict = "needs_more_information";
  verdict.because = std::move(because);
  verdict.missing = {std::move(missing)};
  return verdict;
}

}  // namespace

std::vector<Verdict> check(const LawBook& law, const base::Date& date, const Facts& facts,
                           std::span<const std::string> jurisdictions) {
  const Compiled& book = law.compiled();
  std::vector<Verdict> verdicts;
  static thread_local Case one;
  if (date.complete()) one.prepare(book, date, facts);
  for (const std::string& code : jurisdictions) {
    const auto place = book.jurisdiction_index.find(code);
    if (!date.complete()) {
      verdicts.push_back(undecided(code, "A verdict is given for a day.", "The date, to the day."));
    } else if (place == book.jurisdiction_index.end()) {
      verdicts.push_back(undecided(code, fmt::format("The book holds no law of '{}'.", code),
                                   fmt::format("The law of '{}'.", code)));
    } else {
      Judge judge(book, one, base::days_since_epoch(date));
      for (Verdict& verdict : judge.judge(place->second)) verdicts.push_back(std::move(verdict));
    }
  }
  return verdicts;
}

std::vector<Applied> apply(const LawBook& law, const base::Date& date, const Facts& facts,
                           std::string_view jurisdiction) {
  const Compiled& book = law.compiled();
  std::vector<Applied> applied;
  const auto place = book.jurisdiction_index.find(std::string(jurisdiction));
  if (!date.complete() || place == book.jurisdiction_index.end()) return applied;
  static thread_local Case one;
  one.prepare(book, date, facts);
  Judge judge(book, one, base::days_since_epoch(date));
  for (Hit& hit : judge.hits(place->second)) {
    Applied item;
    item.measure = &book.measures[hit.measure];
    item.verdict = book.verdicts[hit.rank].word;
    for (const std::uint32_t e : hit.exemptions) item.exemptions.push_back(&book.exemptions[e]);
    item.because = hit.because.empty() ? item.measure->summary : hit.because;
    item.missing = std::move(hit.missing);
    applied.push_back(std::move(item));
  }
  return applied;
}

}  // namespace cordon::law
