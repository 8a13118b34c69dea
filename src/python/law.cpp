// What the law says of facts.
#include "cordon/law/law.hpp"

#include "bind.hpp"

namespace cordon::python {
namespace {

using law::LawBook;

std::string check(const LawBook& book, const std::string& requests_json,
                  const std::vector<std::string>& jurisdictions) {
  return unlocked([&] {
    auto requests = take(law::parse_requests(requests_json));
    std::string out = "[";
    for (law::Request& request : requests.all) {
      if (!jurisdictions.empty()) request.jurisdictions = jurisdictions;
      if (out.size() > 1) out += ',';
      law::append_json(out, request, law::check(book, request.date, request.facts, request.jurisdictions));
    }
    return out + ']';
  });
}

}  // namespace

void bind_law(nb::module_& m) {
  nb::class_<LawBook>(m, "LawBook")
      .def("check", &check, nb::arg("requests"), nb::arg("jurisdictions"))
      .def_prop_ro("version", [](const LawBook& book) { return std::string(book.version()); })
      .def_prop_ro("measures", [](const LawBook& book) {
        std::vector<std::string> ids;
        for (const model::Measure& measure : book.measures()) ids.push_back(measure.id);
        return ids;
      });
  m.def(
      "embedded_law", [] { return take(LawBook::embedded()); }, nb::rv_policy::reference);
  m.def(
      "load_law", [](const std::string& folder) { return new LawBook(take(LawBook::load(folder))); },
      nb::rv_policy::take_ownership);
}

}  // namespace cordon::python
