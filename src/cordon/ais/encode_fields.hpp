// Messages of every type from their fields, as `cordon ais decode --unscaled` writes them.
#pragma once
#include <string_view>

#include "cordon/ais/message.hpp"
#include "cordon/base/result.hpp"

namespace cordon::ais {

// One JSON object with "scaled":false. Fields that are missing are 0, as are spare bits; what is not known is
// not looked at. Decoding the result gives the fields again. Fails, naming the field, where a value does not
// fit. rxtime, receiver and channel of `decode --extra` are taken too.
base::Result<Message> encode_fields(std::string_view json);

}  // namespace cordon::ais
