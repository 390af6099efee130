use crate::figures::Figures;
use tokio::runtime::Runtime;

pub fn all(_runtime: &Runtime, _figures: &mut Figures) {
    unimplemented!()
}
