// due_of of process.hpp.
#include <fmt/core.h>

#include <algorithm>

#include "cordon/permit/calendar.hpp"
#include "cordon/permit/process.hpp"

namespace cordon::permit {
namespace {

// The same day of a later month; its last day where the month is shorter (31 January + 1 month = 28
// February).
base::Date add_months(const base::Date& date, int months) {
  const int index = date.year * 12 + date.month - 1 + months;
  base::Date out{static_cast<std::int16_t>(index / 12), static_cast<std::uint8_t>(index % 12 + 1), 1};
  const int next = index + 1;
  const base::Date after{static_cast<std::int16_t>(next / 12), static_cast<std::uint8_t>(next % 12 + 1), 1};
  const auto length = base::days_since_epoch(after) - base::days_since_epoch(out);
  out.day = static_cast<std::uint8_t>(std::min<std::int64_t>(date.day, length));
  return out;
}

}  // namespace

base::Result<std::vector<Due>> due_of(const State& state, const base::Date& as_of) {
  std::vector<Due> out;
  if (state.closed || state.revision == 0) return out;
  for (const Clock& clock : state.checklist.kind->clocks) {
    const Done* start = state.done(clock.starts);
    if (start == nullptr || state.done(clock.stops) != nullptr || !start->action.date.complete() ||
        !holds(clock.when, state.checklist, state.request))
      continue;
    if (!clock.starts_outcome.empty() && start->action.outcome != clock.starts_outcome) continue;
    Due due{state.id,
            state.checklist.kind->id,
            clock.id,
            clock.label,
            base::to_string(start->action.date),
            "",
            clock.nature,
            clock.basis.citation,
            clock.basis.verified,
            "",
            0,
            ""};
    base::Date day;
    const auto calendar_days = [&] {
      return static_cast<int>(base::days_since_epoch(day) - base::days_since_epoch(as_of));
    };
    if (clock.unit == "working_days") {
      const auto calendar = Calendar::named(clock.calendar);
      if (!calendar) return tl::unexpected(calendar.error());
      const auto found = (*calendar)->add_working_days(start->action.date, clock.amount);
      if (!found) return tl::unexpected(found.error());
      day = *found;
      due.days_left = (*calendar)->working_days_between(as_of, day);
      for (int year = start->action.date.year; year <= day.year; ++year)
        if (!(*calendar)->complete(year))
          due.note = fmt::format("{}: not every holiday of {} is known", (*calendar)->name(), year);
    } else if (clock.unit == "months") {
      day = add_months(start->action.date, clock.amount);
      due.days_left = calendar_days();
    } else {
      day = base::date_from_days(base::days_since_epoch(start->action.date) + clock.amount);
      due.days_left = calendar_days();
    }
    due.due = base::to_string(day);
    due.state = day < as_of                            ? "overdue"
                : day == as_of                         ? "due"
                : due.days_left <= clock.remind_before ? "soon"
                                                       : "later";
    out.push_back(std::move(due));
  }
  return out;
}

base::Result<std::vector<Due>> due_of_all(std::span<const State> states, const base::Date& as_of) {
  std::vector<Due> all;
  for (const State& state : states) {
    auto some = due_of(state, as_of);
    if (!some) return some;
    all.insert(all.end(), some->begin(), some->end());
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
  return all;
}

}  // namespace cordon::permit
