// Which records are one party.
#include <memory>

#include "bind.hpp"
#include "cordon/resolve/decisions.hpp"
#include "cordon/resolve/explain.hpp"
#include "cordon/resolve/resolver.hpp"
#include "cordon/resolve/write.hpp"

namespace cordon::python {
namespace {

using resolve::Resolver;

Resolver* build(const std::string& path, const std::string& bytes, const std::string& decisions) {
  return unlocked([&] {
    auto table = take(path.empty() ? resolve::parse_table(bytes, "records") : resolve::read_table(path));
    const auto rulings = take(resolve::parse_decisions(
        decisions.empty() ? std::string_view("left,right,decision\n") : std::string_view(decisions),
        "decisions"));
    return new Resolver(take(Resolver::build(std::move(table), rulings)));
  });
}

Frame clusters(const Resolver& resolver) {
  std::vector<std::string> ids, names;
  for (resolve::RecordId record = 0; record < resolver.size(); ++record) {
    ids.emplace_back(resolver.table().id(record));
    names.emplace_back(resolver.cluster(record));
  }
  arrow::Builder out;
  out.texts("id", ids).texts("cluster", names);
  return {std::move(out).finish()};
}

}  // namespace

void bind_resolve(nb::module_& m) {
  nb::class_<Resolver>(m, "Resolver")
      .def("clusters", &clusters)
      .def("explain",
           [](const Resolver& resolver, const std::string& left, const std::string& right, bool json) {
             const auto found = take(resolver.explain(left, right));
             return json ? resolve::explanation_json(found) : resolve::explanation_text(found);
           })
      .def("decide",
           [](Resolver& resolver, const std::string& csv) {
             for (const auto& one : take(resolve::parse_decisions(csv, "decisions")))
               take(resolver.decide(one));
           })
      .def_prop_ro("records", [](const Resolver& resolver) { return resolver.report().records; })
      .def_prop_ro("pairs", [](const Resolver& resolver) { return resolver.report().pairs; })
      .def_prop_ro("keys", [](const Resolver& resolver) { return resolver.report().keys; })
      .def_prop_ro("fields", [](const Resolver& resolver) { return resolver.report().fields; });
  m.def("build_resolver", &build, nb::arg("path"), nb::arg("bytes"), nb::arg("decisions"),
        nb::rv_policy::take_ownership);
}

}  // namespace cordon::python
