/* third_party_lodepng.c: LodePNG, unpatched, compiled as C with the settings of this library. */
#ifdef __GNUC__
/* Third-party code keeps to its own set of warnings. */
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#endif

#include "third_party/third_party_lodepng.h"

#include "lodepng.cpp"
