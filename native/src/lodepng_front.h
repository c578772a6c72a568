/* lodepng_front.h: the parts of LodePNG that the shim shares between its entry points. */
#ifndef LPF_LODEPNG_FRONT_H
#define LPF_LODEPNG_FRONT_H

#include <stdint.h>

#include "lodepng.h"
#include "lodepng_ffm.h"

/* LodePNG's codes that the shim itself has to name. */
#define LPF_LODEPNG_OUT_OF_MEMORY 83
#define LPF_LODEPNG_WRONG_IDAT_SIZE 91
#define LPF_LODEPNG_TOO_MANY_PIXELS 92
#define LPF_LODEPNG_MAX_OUTPUT_SIZE 109
#define LPF_LODEPNG_CUSTOM_ZLIB 110

/* lpf_png_info on a state of the caller's, which afterwards needs lodepng_state_cleanup. */
int32_t lpf_read_header(LodePNGState *state, const uint8_t *png, unsigned long long png_size,
                        lpf_info *info);

#endif
