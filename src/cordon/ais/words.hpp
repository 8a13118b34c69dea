// The words for the codes of ITU-R M.1371 and of the binary applications, as gpsd prints them.
#pragma once
#include <cstdint>
#include <string_view>

namespace cordon::ais::words {

std::string_view nav_status(std::uint64_t code);
std::string_view epfd(std::uint64_t code);
std::string_view ship_type(std::uint64_t code);
std::string_view station_type(std::uint64_t code);
std::string_view aid_type(std::uint64_t code);
std::string_view signal(std::uint64_t code);
std::string_view route_type(std::uint64_t code);
std::string_view target_id(std::uint64_t code);
std::string_view racon(std::uint64_t code);
std::string_view light(std::uint64_t code);
std::string_view lock_status(std::uint64_t code);
std::string_view mooring(std::uint64_t code);
std::string_view trend(std::uint64_t code);
std::string_view precipitation(std::uint64_t code);
std::string_view ice(std::uint64_t code);
// ERI codes (8000..8370) and the AIS codes that stand for them.
std::string_view inland_ship(std::uint64_t code);
std::string_view inland_hazard(std::uint64_t code);
std::string_view inland_load(std::uint64_t code);
std::string_view weather_kind(std::uint64_t code);
std::string_view weather_class(std::uint64_t code);
std::string_view wind_from(std::uint64_t code);
std::string_view stream_direction(std::uint64_t code);
std::string_view signal_light(std::uint64_t code);

}  // namespace cordon::ais::words
