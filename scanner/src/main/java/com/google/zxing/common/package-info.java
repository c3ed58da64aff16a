/** Stands in for one class of ZXing that asks for charsets no browser has. */
@NullMarked
package com.google.zxing.common;

import org.jspecify.annotations.NullMarked;
