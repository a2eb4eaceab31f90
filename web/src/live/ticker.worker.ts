/** A clock that hidden tabs do not slow down. */
setInterval(() => postMessage(Date.now()), 1000);
