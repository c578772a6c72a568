/* The kernels with NEON: the templates over its vectors. */
#include "base/cpu.h"

#if LPF_HAVE_NEON

#include "kernels/neon.h"
/* The vectors come first. */
#include "kernels/expand_gray.h"
#include "kernels/look_up_few.h"
#include "kernels/permute_pixels.h"
#include "kernels/premultiply.h"
#include "kernels/unfilter_bytes.h"
#include "kernels/unfilter_pixels.h"

LPF_VECTORS_END

#endif
