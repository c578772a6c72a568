/** The command line, {@code png2bmp}, on nothing but the public API of the library. */
package io.github.lodepngffm.cli;
