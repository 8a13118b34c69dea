// The main job.
#include "cordon/watch/watch.hpp"

#include "bind.hpp"
#include "cordon/watch/report.hpp"

namespace cordon::python {
namespace {

struct Targets {
  watch::Targets targets;
};

Targets run(const std::vector<std::string>& feeds, const std::vector<std::string>& list_paths,
            const std::string& registry, const std::vector<std::string>& ownership, const std::string& as_of,
            const std::vector<std::string>& jurisdictions, std::size_t limit, double least_score,
            const std::string& parameters, const std::string& weights, nb::object progress) {
  Ticker ticker(std::move(progress));
  watch::Inputs inputs;
  inputs.feeds = paths_of(feeds);
  inputs.lists = paths_of(list_paths);
  inputs.registry = registry;
  inputs.ownership = paths_of(ownership);
  inputs.limit = limit;
  inputs.least_score = least_score;
  inputs.program_version = CORDON_VERSION;
  if (!jurisdictions.empty()) inputs.jurisdictions = jurisdictions;
  if (!as_of.empty()) {
    const auto date = base::parse_date(as_of);
    if (!date || !date->complete())
      throw Failure{"as_of: expected a date such as 2024-02-07, found '" + as_of + "'"};
    inputs.as_of = *date;
  }
  if (!parameters.empty()) inputs.parameters = take(detect::load_parameters(parameters));
  auto targets = unlocked([&]() -> std::optional<Targets> {
    const auto weigh =
        take(weights.empty() ? watch::Weights::embedded() : watch::Weights::parse(weights, "weights"));
    try {
      return Targets{take(watch::watch(inputs, weigh, {.batch = [&](const model::FeedBatch& batch) {
                                         ticker.step(batch.positions.size());
                                       }}))};
    } catch (const Ticker::Interrupted&) {  // ticker.finish() raises what it was
      return std::nullopt;
    }
  });
  ticker.finish();
  return std::move(*targets);
}

std::vector<std::string> dossiers(const Targets& self) {
  std::vector<std::string> out;
  for (const auto& dossier : self.targets.dossiers)
    watch::append_json(out.emplace_back(), dossier, self.targets.run);
  return out;
}

}  // namespace

void bind_watch(nb::module_& m) {
  nb::class_<Targets>(m, "Targets")
      .def("dossiers", &dossiers)
      .def("report", [](const Targets& self) { return take(watch::report_html(self.targets)); })
      .def_prop_ro("run", [](const Targets& self) {
        std::string out;
        watch::append_json(out, self.targets.run);
        return out;
      });
  m.def("watch", &run, nb::arg("feeds"), nb::arg("lists"), nb::arg("registry"), nb::arg("ownership"),
        nb::arg("as_of"), nb::arg("jurisdictions"), nb::arg("limit"), nb::arg("least_score"),
        nb::arg("parameters"), nb::arg("weights"), nb::arg("progress").none());
}

}  // namespace cordon::python
