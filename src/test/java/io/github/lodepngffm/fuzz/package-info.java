/**
 * Fuzz targets for the Java side. In an ordinary build each runs over the inputs that were found to
 * matter, which lie among the tests' resources; {@code scripts/fuzz.sh java SECONDS} looks for
 * more.
 */
package io.github.lodepngffm.fuzz;
