//! A condition held against the event's JSON Schema: what it names is there, what it compares can be equal, and what it
//! calls cannot fail.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jmespath::ast::{Ast, Comparator};

use super::kind::{Kind, Type};
use crate::event;

/// The functions that a condition may call, and the types that each takes. Others of JMESPath build values larger than
/// the event, or are of no use for a yes or no.
const FUNCTIONS: &[(&str, &[&[Type]], Type)] = &[
    ("contains", &[&[Type::String, Type::Array], ANY], Type::Boolean),
    ("ends_with", &[&[Type::String], &[Type::String]], Type::Boolean),
    ("length", &[&[Type::String, Type::Array, Type::Object]], Type::Number),
    ("starts_with", &[&[Type::String], &[Type::String]], Type::Boolean),
    ("to_string", &[ANY], Type::String),
];

const ANY: &[Type] = &[Type::Null, Type::Boolean, Type::Number, Type::String, Type::Array, Type::Object];

/// What an event is.
static EVENT: LazyLock<Kind> = LazyLock::new(|| {
    let schema = event::json_schema();
    Kind::of_schema(&schema, &schema)
});

/// The names of its fields.
static NAMES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| EVENT.fields().into_iter().flatten().map(|(name, _)| name.as_str()).collect());

/// Which fields of the event a condition reads, and every fault with its place, in bytes.
pub(super) fn check(ast: &Ast) -> (BTreeSet<&'static str>, Vec<(usize, String)>) {
    let mut check = Check { reads: BTreeSet::new(), faults: Vec::new() };
    check.kind(ast, &EVENT);
    (check.reads, check.faults)
}

struct Check {
    reads: BTreeSet<&'static str>,
    faults: Vec<(usize, String)>,
}

impl Check {
    /// What an expression comes to, evaluated on a value of the kind `at`.
    fn kind(&mut self, ast: &Ast, at: &Kind) -> Kind {
        match ast {
            Ast::Identity { .. } => {
                if *at == *EVENT {
                    self.reads.extend(NAMES.iter());
                }
                at.clone()
            }
            Ast::Field { name, offset } => self.field(name, *offset, at),
            Ast::Literal { value, .. } => Kind::of_value(value),
            Ast::Index { .. } => at.items().or_null(),
            Ast::Slice { .. } => at.clone().or_null(),
            Ast::Subexpr { lhs, rhs, .. } => {
                let left = self.kind(lhs, at);
                self.kind(rhs, &left)
            }
            Ast::Projection { offset, lhs, rhs } => {
                let list = self.list(lhs, *offset, at);
                Kind::list_of(self.kind(rhs, &list.items()).not_null())
            }
            Ast::Flatten { offset, node } => {
                let items = self.list(node, *offset, at).items();
                Kind::list_of(if items.is_always(&[Type::Array]) { items.items() } else { items })
            }
            Ast::ObjectValues { node, .. } => {
                self.kind(node, at);
                Kind::list_of(Kind::any())
            }
            Ast::Condition { predicate, then, .. } => {
                self.kind(predicate, at);
                self.kind(then, at).or_null()
            }
            Ast::Comparison { offset, comparator, lhs, rhs } => {
                let (left, right) = (self.kind(lhs, at), self.kind(rhs, at));
                self.comparison(comparator, *offset, &left, &right);
                Kind::only(Type::Boolean).or_null()
            }
            Ast::And { lhs, rhs, .. } => self.kind(lhs, at).or(&self.kind(rhs, at)),
            Ast::Or { lhs, rhs, .. } => self.kind(lhs, at).not_null().or(&self.kind(rhs, at)),
            Ast::Not { node, .. } => {
                self.kind(node, at);
                Kind::only(Type::Boolean)
            }
            Ast::Function { offset, name, args } => {
                let given: Vec<Kind> = args.iter().map(|arg| self.kind(arg, at)).collect();
                self.call(name, *offset, &given)
            }
            Ast::MultiList { offset, .. } | Ast::MultiHash { offset, .. } | Ast::Expref { offset, .. } => {
                let problem = "a condition says yes or no: it makes no lists, objects or references to expressions";
                self.faults.push((*offset, problem.to_owned()));
                Kind::any()
            }
        }
    }

    fn field(&mut self, name: &str, offset: usize, at: &Kind) -> Kind {
        if *at == *EVENT {
            self.reads.extend(NAMES.get(name));
        }
        let known = at.fields().and_then(|fields| fields.get(name));
        let problem = match (known, at.fields()) {
            (Some(found), _) if at.is_always(&[Type::Object]) => return found.clone(),
            (Some(found), _) => return found.clone().or_null(),
            (None, Some(fields)) => {
                let names: Vec<&str> = fields.keys().map(String::as_str).collect();
                format!(
                    "there is no field {name:?} here, only {} (a text is written 'in single quotes')",
                    names.join(", ")
                )
            }
            (None, None) if at.may_be(Type::Object) => return Kind::any(),
            (None, None) if at.may_be(Type::Array) => {
                format!(
                    "{name:?} is asked of a list: write [?{name} == …] to look for one in it, or [*].{name} for all"
                )
            }
            (None, None) => format!("{name:?} is asked of {}, which has no fields", at.describe()),
        };
        self.faults.push((offset, problem));
        Kind::any()
    }

    fn list(&mut self, ast: &Ast, offset: usize, at: &Kind) -> Kind {
        let list = self.kind(ast, at);
        if !list.may_be(Type::Array) {
            self.faults
                .push((offset, format!("a list is needed before the brackets, and this is {}", list.describe())));
        }
        list
    }

    fn comparison(&mut self, comparator: &Comparator, offset: usize, left: &Kind, right: &Kind) {
        let is_order = !matches!(comparator, Comparator::Equal | Comparator::NotEqual);
        let unknown = |(kind, other): (&Kind, &Kind)| {
            let wanted = other.texts().filter(|texts| texts.len() == 1)?.first()?;
            let known = kind.texts().filter(|known| !known.contains(wanted))?;
            Some(format!("this is never {wanted:?}, only {}", known.join(", ")))
        };
        let problem = if is_order && !(left.may_be(Type::Number) && right.may_be(Type::Number)) {
            Some("only numbers have an order in JMESPath; of a date, ask starts_with(…, '2025-03')".to_owned())
        } else if left.is_never(right) {
            Some(format!("{} is never equal to {}", left.describe(), right.describe()))
        } else {
            unknown((left, right)).or_else(|| unknown((right, left)))
        };
        self.faults.extend(problem.map(|problem| (offset, problem)));
    }

    fn call(&mut self, name: &str, offset: usize, given: &[Kind]) -> Kind {
        let Some((_, takes, gives)) = FUNCTIONS.iter().find(|(known, ..)| *known == name) else {
            let known: Vec<&str> = FUNCTIONS.iter().map(|(known, ..)| *known).collect();
            self.faults.push((offset, format!("{name} is not a function of conditions: {}", known.join(", "))));
            return Kind::any();
        };
        if takes.len() != given.len() {
            self.faults.push((offset, format!("{name} takes {} arguments, not {}", takes.len(), given.len())));
        }
        for (number, (types, kind)) in
            takes.iter().zip(given).enumerate().filter(|(_, (types, kind))| !kind.is_always(types))
        {
            let remedy = match types {
                [Type::String] if kind.is_always(&[Type::String, Type::Null]) => "; write (… || '') for it",
                [Type::String] => "; write to_string(…) for it",
                _ if kind.may_be(Type::Null) => "; write (… || '') for it",
                _ => "",
            };
            let what = kind.describe();
            self.faults.push((offset, format!("argument {} of {name} may be {what}{remedy}", number + 1)));
        }
        Kind::only(*gives)
    }
}
