/* Writes small sound PNGs of every kind to the directory that is the argument: first seeds. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "png_builder.h"

static void write_seed(const char *directory, const png_shape *shape, png_bytes png) {
  static const uint8_t choices[8] = {1}; /* convert_fuzz.c: repair checksums, nothing else */
  char name[4096];
  snprintf(name, sizeof name, "%s/made-%u-%u-%u-%u", directory, shape->color_type, shape->bit_depth,
           shape->interlace_method, shape->width);
  FILE *file = fopen(name, "wb");
  if (file == NULL || fwrite(png.bytes, 1, png.size, file) != png.size ||
      fwrite(choices, 1, sizeof choices, file) != sizeof choices || fclose(file) != 0) {
    perror(name);
    exit(1);
  }
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
      write_seed(arguments[1], &shape, png);
      free(png.bytes);
      png_free_image(&image);
    }
  }
  return 0;
}
