#include "serve/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace cordon::serve {

Metrics::Metrics() : rows_(std::make_unique<Row[]>(routes_table().size() + 1)) {}

void Metrics::count(const Route* route, int status, std::chrono::nanoseconds took) {
  const auto table = routes_table();
  Row& row = rows_[route ? static_cast<std::size_t>(route - table.data()) : table.size()];
  constexpr auto kRelaxed = std::memory_order_relaxed;
  row.by_class[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(1, kRelaxed);
  const auto ns = static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0));
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), (ns + 999) / 1000);
  row.by_time[static_cast<std::size_t>(bound - kBounds.begin())].fetch_add(1, kRelaxed);
  row.sum_ns.fetch_add(ns, kRelaxed);
}

void Metrics::append(std::string& out) const {
  auto to = std::back_inserter(out);
  const auto single = [&](const char* name, const char* type, const char* help, auto value) {
    fmt::format_to(to, "# HELP cordon_{0} {2}\n# TYPE cordon_{0} {1}\ncordon_{0} {3}\n", name, type, help,
                   value);
  };
  single("connections", "gauge", "Open connections.", connections.load());
  single("streams", "gauge", "Open event streams.", streams.load());
  single("requests_waiting", "gauge", "Slow requests that wait for a worker.", waiting.load());
  single("connections_accepted_total", "counter", "Connections accepted.", accepted.load());
  single("connections_refused_total", "counter", "Connections closed at once because a limit was reached.",
         refused_full.load());
  single("timeouts_total", "counter", "Connections ended because the peer was too slow.", timed_out.load());
  single("malformed_total", "counter", "Requests that were no HTTP.", malformed.load());
  single("reloads_total", "counter", "Reloads of lists and feeds that succeeded.", reloads.load());
  single("reloads_failed_total", "counter", "Reloads that failed; the data before stays in use.",
         failed_reloads.load());

  const auto table = routes_table();
  const auto labels = [&](std::size_t i) {
    return i < table.size()
               ? fmt::format("method=\"{}\",route=\"{}\"", to_string(table[i].method), table[i].path)
               : std::string("method=\"\",route=\"other\"");
  };
  out += "# HELP cordon_requests_total Requests answered.\n# TYPE cordon_requests_total counter\n";
  for (std::size_t i = 0; i <= table.size(); ++i)
    for (std::size_t kind = 1; kind < rows_[i].by_class.size(); ++kind)
      if (const auto n = rows_[i].by_class[kind].load(); n > 0)
        fmt::format_to(to, "cordon_requests_total{{{},status=\"{}xx\"}} {}\n", labels(i), kind, n);
  out +=
      "# HELP cordon_request_seconds Time from the whole request to its whole answer.\n"
      "# TYPE cordon_request_seconds histogram\n";
  for (std::size_t i = 0; i <= table.size(); ++i) {
    const Row& row = rows_[i];
    std::uint64_t below = 0;
    for (const auto& each : row.by_time) below += each.load();
    if (below == 0) continue;
    const std::uint64_t all = below;
    below = 0;
    for (std::size_t bound = 0; bound < kBounds.size(); ++bound) {
      below += row.by_time[bound].load();
      fmt::format_to(to, "cordon_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels(i),
                     kBounds[bound] / 1e6, below);
    }
    fmt::format_to(to,
                   "cordon_request_seconds_bucket{{{0},le=\"+Inf\"}} {1}\n"
                   "cordon_request_seconds_sum{{{0}}} {2}\ncordon_request_seconds_count{{{0}}} {1}\n",
                   labels(i), all, static_cast<double>(row.sum_ns.load()) / 1e9);
  }
}

}  // namespace cordon::serve
