// link: native/test/deflate_streams.c native/test/inflate_driver.c library
/*
 * The image data of real PNG files, through every inflater and every way: the same bytes as
 * libdeflate's. CORPUS_DIR, REAL_CORPUS_DIR and CONFORMANCE_DIR name folders of files.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inflate_driver.h"
#include "libdeflate.h"

enum { MOST_OUTPUT = 64 << 20 };

static int failures;
static unsigned compared;
static struct libdeflate_decompressor *reference;

static void *memory_of(size_t size) {
  void *memory = malloc(size > 0 ? size : 1);
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(2);
  }
  return memory;
}

static uint8_t *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  uint8_t *bytes = memory_of(*size);
  if (fread(bytes, 1, *size, file) != *size) {
    perror(path);
    exit(2);
  }
  fclose(file);
  return bytes;
}

/* The contents of all IDAT chunks, put together at the beginning of the file's own bytes. */
static size_t join_image_data(uint8_t *png, size_t size) {
  size_t joined = 0;
  for (size_t at = 8; at + 12 <= size;) {
    const size_t length = (size_t)png[at] << 24 | (size_t)png[at + 1] << 16 |
                          (size_t)png[at + 2] << 8 | (size_t)png[at + 3];
    if (length > size - at - 12) {
      break;
    }
    if (memcmp(png + at + 4, "IDAT", 4) == 0) {
      memmove(png + joined, png + at + 8, length);
      joined += length;
    }
    at += 12 + length;
  }
  return joined;
}

static void compare(const char *path, const uint8_t *data, size_t size, const uint8_t *expected,
                    size_t expected_size) {
  uint8_t *output = memory_of(expected_size);
  for (size_t i = 0; i < INFLATE_WAY_COUNT; i++) {
    const uint8_t seed[2] = {(uint8_t)compared, (uint8_t)i};
    choices splits = choices_of(seed, sizeof seed);
    splits.size = 0;
    size_t given = 0;
    lpf_inflate_result result =
        inflate_with(&INFLATE_WAYS[i], data, size, expected_size, &splits, output, &given);
    if (result != LPF_INFLATE_COMPLETE || given != expected_size ||
        memcmp(output, expected, expected_size) != 0) {
      fprintf(stderr, "%s (%s): not what libdeflate gives\n", path, INFLATE_WAYS[i].name);
      failures++;
    }
  }
  free(output);
  compared++;
}

static void compare_file(const char *path) {
  static uint8_t *expected;
  if (expected == NULL) {
    expected = memory_of(MOST_OUTPUT);
  }
  size_t size = 0, expected_size = 0, used = 0;
  uint8_t *data = read_file(path, &size);
  size = join_image_data(data, size);
  if (libdeflate_zlib_decompress_ex(reference, data, size, expected, MOST_OUTPUT, &used,
                                    &expected_size) == LIBDEFLATE_SUCCESS &&
      used == size) {
    compare(path, data, size, expected, expected_size);
  }
  free(data);
}

static void compare_folder(const char *path) {
  DIR *folder = opendir(path);
  if (folder == NULL) {
    perror(path);
    exit(2);
  }
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    char inner[4096];
    const size_t length = strlen(entry->d_name);
    snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
    if (entry->d_type == DT_DIR && entry->d_name[0] != '.') {
      compare_folder(inner);
    } else if (length > 4 && strcmp(entry->d_name + length - 4, ".png") == 0) {
      compare_file(inner);
    }
  }
  closedir(folder);
}

int main(void) {
  static const char *const variables[] = {"CORPUS_DIR", "REAL_CORPUS_DIR", "CONFORMANCE_DIR"};
  reference = libdeflate_alloc_decompressor();
  for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
    const char *folder = getenv(variables[i]);
    if (folder == NULL || folder[0] == '\0') {
      printf("skipped: the files of %s, which is not set\n", variables[i]);
      continue;
    }
    const unsigned before = compared;
    compare_folder(folder);
    printf("%s: %u streams\n", variables[i], compared - before);
    if (compared == before) {
      fprintf(stderr, "%s has no sound PNG\n", folder);
      failures++;
    }
  }
  libdeflate_free_decompressor(reference);
  return failures > 0;
}
