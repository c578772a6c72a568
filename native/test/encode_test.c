// link: library native/test/encode_judge.c
/* Pixels of every format become PNGs that LodePNG decodes to the same pixels. */
#include "encode_judge.h"

static const uint32_t WAYS[] = {LPF_FLAG_SCALAR, LPF_FLAG_NO_AVX512, 0};
enum { WAY_COUNT = sizeof WAYS / sizeof WAYS[0] };

/* With all vectors that the processor has: the same bytes, which LodePNG understands. */
static void check_picture(const test_picture *picture, uint32_t flags, uint32_t effort) {
  lpf_encode_options options = encode_unlimited();
  options.effort = effort;
  size_t size = 0;
  uint8_t *png = NULL;
  for (int way = 0; way < WAY_COUNT; way++) {
    size_t other_size;
    int32_t code;
    options.flags = flags | WAYS[way];
    uint8_t *other = encode_picture(picture, &options, &other_size, &code);
    CHECK_EQUAL(code, LPF_DONE);
    if (way == 0 && other != NULL) {
      png = other;
      size = other_size;
      CHECK(lodepng_decodes_to(picture, png, size));
    } else {
      CHECK_EQUAL(other_size, size);
      CHECK(other != NULL && png != NULL && memcmp(other, png, size) == 0);
      free(other);
    }
  }
  free(png);
}

static void small_images_of_every_format_keep_their_pixels(void) {
  static const uint32_t flags[] = {0, LPF_FLAG_INTERLACED, LPF_FLAG_NO_REDUCTIONS,
                                   LPF_FLAG_INTERLACED | LPF_FLAG_NO_REDUCTIONS};
  for (uint32_t format = 0; format < LPF_FORMAT_COUNT; format++) {
    for (int kind = 0; kind < PICTURE_KINDS; kind++) {
      for (uint32_t width = 1; width <= 40; width++) {
        const uint32_t height = width <= 4 ? 1 + random_bits() % 40 : 1 + random_bits() % 9;
        test_picture made = make_picture((picture_kind)kind, format, width, height,
                                         random_bits() % 5, random_bits() % 2 == 0);
        check_picture(&made, flags[random_bits() % 4],
                      random_bits() % 64 == 0 ? LPF_EFFORT_SMALL : random_bits() % 2);
        free_picture(&made);
      }
    }
  }
}

/* Blocks of 256 KB, strips of a megabyte: their borders, and matches across them. */
static void images_of_several_strips_keep_their_pixels(void) {
  static const uint32_t shapes[][2] = {{700, 900}, {1, 300000}, {300001, 3}, {65536, 20}};
  for (uint32_t format = 0; format < LPF_FORMAT_COUNT; format++) {
    for (uint32_t i = 0; i < 3; i++) { /* with all formats, each kind several times */
      const picture_kind kind = (picture_kind)((3 * format + i) % PICTURE_KINDS);
      const uint32_t *shape = shapes[random_bits() % 4];
      test_picture made = make_picture(kind, format, shape[0], shape[1], 0, false);
      const uint32_t flags = random_bits() % 2 == 0 ? 0 : LPF_FLAG_NO_REDUCTIONS;
      check_picture(&made, flags | (random_bits() % 4 == 0 ? LPF_FLAG_INTERLACED : 0),
                    random_bits() % 2);
      free_picture(&made);
    }
  }
}

static void the_smallest_effort_keeps_pixels_over_strips(void) {
  for (int kind = 0; kind < PICTURE_KINDS; kind++) {
    test_picture made = make_picture((picture_kind)kind, LPF_FORMAT_RGBA8, 900, 700, 0, false);
    check_picture(&made, kind % 2 == 0 ? 0 : LPF_FLAG_INTERLACED, LPF_EFFORT_SMALL);
    free_picture(&made);
  }
}

int main(void) {
  small_images_of_every_format_keep_their_pixels();
  images_of_several_strips_keep_their_pixels();
  the_smallest_effort_keeps_pixels_over_strips();
  return check_result();
}
