// convert.js ADDON.node PICTURE.png MILLISECONDS: converts the picture again and again for that
// long, and prints the nanoseconds of each conversion, and the SHA-256 of the BMP, as JSON.
'use strict';

const crypto = require('crypto');
const fs = require('fs');

const [addon, picture, milliseconds] = process.argv.slice(2);
const { getBMP } = require(addon);
const png = fs.readFileSync(picture);

async function measure() {
  const sha256 = crypto.createHash('sha256').update(getBMP(png)).digest('hex');
  const nanos = [];
  const end = process.hrtime.bigint() + BigInt(milliseconds) * 1000000n;
  do {
    const start = process.hrtime.bigint();
    getBMP(png);
    nanos.push(Number(process.hrtime.bigint() - start));
    // The collector's callbacks, which free the BMPs, run only between the events of the loop.
    await new Promise(setImmediate);
  } while (process.hrtime.bigint() < end && nanos.length < 2000);
  return { nanos: nanos.slice(Math.min(3, nanos.length - 1)), sha256 };
}

measure().then((result) => console.log(JSON.stringify(result)));
