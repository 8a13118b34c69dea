// From what a dossier holds to named evidence with points. The weights are data (data/watch/weights.json): a
// reviewer can read them, and a user can replace them.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"
#include "cordon/watch/dossier.hpp"

namespace cordon::watch {

class Weights {
 public:
  static base::Result<Weights> embedded();
  // JSON {"weights":{"gap":{"points":12,"says":".."},..}}; a kind the program does not know is an error, one
  // that is left out adds nothing.
  static base::Result<Weights> parse(std::string_view json, std::string_view name);
  double points(std::string_view kind) const;

 private:
  std::map<std::string, double, std::less<>> points_;
};

// Fills dossier.evidence (heaviest first), score and headline, from everything else in the dossier.
void weigh(Dossier& dossier, const Weights& weights, const RunInfo& run);

// A meeting of two or more vessels at sea.
bool is_meeting(const model::Event& event);

// Whether a port call event is one at a DPRK port.
bool is_dprk_call(const model::Event& event);

}  // namespace cordon::watch
