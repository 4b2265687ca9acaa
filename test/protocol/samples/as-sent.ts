/** A message as it looks on the wire: JSON leaves out what is undefined. */
export type AsSent<Value> = Value extends readonly (infer Item)[]
  ? readonly AsSent<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value as undefined extends Value[Key] ? never : Key]: AsSent<Value[Key]> } & {
        readonly [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: AsSent<
          Exclude<Value[Key], undefined>
        >;
      }
    : Value;
