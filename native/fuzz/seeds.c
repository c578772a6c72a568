/* Writes small sound PNGs of every kind to the directory that is the argument: first seeds. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "png_builder.h"

static void write_seed(const char *directory, const char *seed, png_bytes png) {
  static const uint8_t choices[8] = {1}; /* convert_fuzz.c: repair checksums, nothing else */
  char name[4096];
  snprintf(name, sizeof name, "%s/made-%s", directory, seed);
  FILE *file = fopen(name, "wb");
  if (file == NULL || fwrite(png.bytes, 1, png.size, file) != png.size ||
      fwrite(choices, 1, sizeof choices, file) != sizeof choices || fclose(file) != 0) {
    perror(name);
    exit(1);
  }
}

/* Every kind of chunk that says something beside the pixels. */
static png_bytes with_metadata(png_shape shape) {
  static const char *const chunks[][2] = {{"cHRM", "01234567890123456789012345678901"},
                                          {"mDCV", "012345678901234567890123"},
                                          {"mDCv", "012345678901234567890123"},
                                          {"cLLI", "01234567"},
                                          {"cLLi", "01234567"},
                                          {"eXIf", "II*"},
                                          {"tEXt", "Title"},
                                          {"sBIT", "\1\2\3\4"},
                                          {"gAMA", "gama"},
                                          {"sRGB", "\1"},
                                          {"cICP", "\x09\x10\x01\x01"},
                                          {"pHYs", "01234567\1"},
                                          {"tIME", "\x07\xe8\x02\x1d\x17\x3b\x3c"},
                                          {"bKGD", "\1\2\3\4\5\6"},
                                          {"acTL", "\1\1\1\1\1\1\1\1"}};
  png_bytes stream = png_store((const uint8_t *)"compressed", 10);
  uint8_t data[100];
  png_bytes png = png_begin(shape);
  for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
    png_add_chunk(&png, chunks[i][0], (const uint8_t *)chunks[i][1], strlen(chunks[i][1]));
  }
  memcpy(data, "k\0\0", 3);
  memcpy(data + 3, stream.bytes, stream.size);
  png_add_chunk(&png, "iCCP", data, 3 + stream.size);
  png_add_chunk(&png, "zTXt", data, 3 + stream.size);
  memcpy(data, "k\0\1\0en\0K", 8);
  data[8] = 0;
  memcpy(data + 9, stream.bytes, stream.size);
  png_add_chunk(&png, "iTXt", data, 9 + stream.size);
  png_add_chunk(&png, "IDAT", stream.bytes, stream.size);
  png_add_chunk(&png, "tEXt", (const uint8_t *)"Title\0late", 10);
  png_end(&png);
  free(stream.bytes);
  return png;
}

int main(int count, char **arguments) {
  static const uint32_t kinds[][2] = {{0, 1}, {0, 2},  {0, 4},  {0, 8}, {0, 16},
                                      {2, 8}, {2, 16}, {3, 1},  {3, 2}, {3, 4},
                                      {3, 8}, {4, 8},  {4, 16}, {6, 8}, {6, 16}};
  if (count != 2) {
    fputs("usage: seeds DIRECTORY\n", stderr);
    return 2;
  }
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    for (uint32_t variant = 0; variant < 4; variant++) {
      png_shape shape = {.color_type = kinds[i][0],
                         .bit_depth = kinds[i][1],
                         .interlace_method = variant & 1,
                         .width = variant < 2 ? 5 : 33,
                         .height = variant < 2 ? 4 : 12};
      png_image image = png_random_image(shape);
      png_bytes png = png_of_image(&image);
      char name[100];
      snprintf(name, sizeof name, "%u-%u-%u-%u", shape.color_type, shape.bit_depth,
               shape.interlace_method, shape.width);
      write_seed(arguments[1], name, png);
      free(png.bytes);
      png_free_image(&image);
    }
  }
  png_bytes png = with_metadata((png_shape){1, 1, 8, 6, 0});
  write_seed(arguments[1], "metadata", png);
  free(png.bytes);
  return 0;
}
