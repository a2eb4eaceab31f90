/** Whether something typed can be a telephone number; which one it is, and whether it may be called, the server says. */
export function looksLikeNumber(typed: string): boolean {
  if (!/^[+()\d\s./*#-]+$/.test(typed.trim())) return false;
  const digits = typed.replace(/\D/g, "").length;
  return digits >= 2 && digits <= 15;
}
