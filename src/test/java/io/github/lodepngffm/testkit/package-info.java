/**
 * What the tests stand on: PNG files made from known samples, the pixels and BMP bytes they must
 * become, a strict BMP reader, damaged files, and the doors to the external test data.
 *
 * <p>Nothing here uses the library under test, so that an expectation can never agree with a fault
 * of the library by construction.
 */
package io.github.lodepngffm.testkit;
