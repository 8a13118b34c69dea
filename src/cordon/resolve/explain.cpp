#include "cordon/resolve/explain.hpp"

#include <fmt/core.h>
namespace cordon::resolve {}
