/** Photos are imported as their bytes: a rule in wrangler.toml says so. */
declare module "*.jpg" {
  const bytes: ArrayBuffer;
  export default bytes;
}
