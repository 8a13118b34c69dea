// The words that archives print in place of the codes of ITU-R M.1371.
#pragma once
#include <cstdint>
#include <string_view>

namespace cordon::ais {

// "Under way using engine" -> 0, "0", "0.0" -> 0; 15 where unknown.
std::uint8_t nav_status_of(std::string_view cell);
// "Cargo" -> 70, "70", "70.0" -> 70; 0 where unknown. Codes above 255 (older MarineCadastre) -> 0.
std::uint8_t ship_type_of(std::string_view cell);
// "Class A", "A" -> 1; "Class B", "B" -> 18; "Base Station" -> 4; "AtoN" -> 21; "SAR Airborne" -> 9;
// a number is a message type; else 0.
std::uint8_t message_type_of(std::string_view cell);

}  // namespace cordon::ais
