/*
 * libdeflate_settings.h: how libdeflate is compiled: what is included behind this is its own code,
 * until the file turns the settings off again.
 */
#ifndef LPF_LIBDEFLATE_SETTINGS_H
#define LPF_LIBDEFLATE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__) && !defined(_WIN32)
/*
 * libdeflate gives its functions default visibility, which is right for a library of its own; here
 * they must not be visible to a process that may have another libdeflate. An attribute in the
 * source is stronger than -fvisibility=hidden, so the attribute itself is turned around. The system
 * headers are included above, out of reach of this macro. Windows has no such attribute.
 */
#define visibility(kind) visibility("hidden")
#endif

#ifdef __GNUC__
/* Third-party code keeps to its own set of warnings; it is used as it is, unpatched. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#endif

#endif
