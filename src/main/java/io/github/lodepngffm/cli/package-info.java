/** The command line, {@code png2bmp}: a user of the public API like any other. */
package io.github.lodepngffm.cli;
