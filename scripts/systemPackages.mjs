/** Debian and Ubuntu packages that the window and the native addon need. */

/** To run Electron. */
export const WINDOW_PACKAGES = [
  "libasound2",
  "libatk-bridge2.0-0",
  "libatk1.0-0",
  "libatspi2.0-0",
  "libcairo2",
  "libcups2",
  "libdbus-1-3",
  "libdrm2",
  "libexpat1",
  "libgbm1",
  "libgcc-s1",
  "libglib2.0-0",
  "libgtk-3-0",
  "libnspr4",
  "libnss3",
  "libpango-1.0-0",
  "libx11-6",
  "libxcb1",
  "libxcomposite1",
  "libxdamage1",
  "libxext6",
  "libxfixes3",
  "libxkbcommon0",
  "libxrandr2",
];

/** To draw without a display. */
export const HEADLESS_PACKAGES = ["xvfb", "xauth"];

/** To look into exported PDF files, in tests. */
export const TEST_PACKAGES = ["poppler-utils"];

/** To compile the native addon. */
export const BUILD_PACKAGES = ["cmake", "make", "g++", "gfortran", "libopenblas-dev"];
