// What a load brought that the one before did not have: for people who watch.
#pragma once
#include "serve/hub.hpp"
#include "serve/state.hpp"

namespace cordon::serve {

// `target`: a dossier that is new or scores higher; `alert`: an event that is new. At most 200 of each, the
// weightiest targets and the latest events; the page asks for the rest.
void publish_news(Hub& hub, const Snapshot& before, const Snapshot& now);

}  // namespace cordon::serve
