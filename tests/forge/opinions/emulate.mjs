// Somebody else's GitHub, with the team and the project that it is given as JSON: `node emulate.mjs SEED`.
import { createEmulator } from 'emulate';

const { url } = await createEmulator({ service: 'github', port: 0, seed: JSON.parse(process.argv[2]) });
console.log(`listening at ${url}`);
