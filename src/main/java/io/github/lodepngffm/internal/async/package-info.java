/**
 * The machinery below {@link io.github.lodepngffm.AsyncConverter}: not exported, may change at any
 * time. docs/async.md has the picture.
 */
package io.github.lodepngffm.internal.async;
