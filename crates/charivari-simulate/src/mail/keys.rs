//! Keys for signing invented mail. They are public in this source and good for nothing else.

/// An RSA key: modulus and private exponent in hexadecimal; the public exponent is 65,537.
#[derive(Clone, Copy, Debug)]
pub struct RsaKey {
    /// The modulus.
    pub modulus: &'static str,
    /// The private exponent.
    pub private: &'static str,
}

/// An ordinary key.
pub const RSA_2048: RsaKey = RsaKey {
    modulus: "b7697c0fb9c18b35f839cfdf04ab2022303b1a7dba7a955d57cdb3f16153005a6266ff04561bc0fe06a4\
         114723790891dbca64f1c82e4c8dceb0fa73f683249728296473fbc5e2bf074753fd530d0909245d3cb0\
         d63c7b98a3b4de6d841c5a35f136988dc10ac339b61c88f7b2a245348b6c359f801c41b3b47ffa3539c6\
         629a4ee2b691b75fcfa47ff2cffec61a8c0664fad9736dd069f7ec2e47e6d72d3d8d7af90088cf45991f\
         16461e1487417ac52a590378fb606e55dc3e7c68fab56258be6716f365287544e516aef3614616348ad1\
         46f20f10370874924aae97c43bca7effdc011753b3c40a3ca0030eb2fcb65f3d66e642ca830a69ada89e\
         5fe3d8eb",
    private: "531dfb0a575865e175d5a125c484566217f058df7c581c033a8cae4ca799c931aca157551c3ea49599e5\
         d52ca35f30aa84ebb2163decf965543330b4c79483cafa78d39c9a0f01e42704c483ab14dfb0e4695a5d\
         1b213ab3a01091b218aa0e999e6feaef66799da2342cb747650d1386adde4268bf524ed604e8f03719b1\
         15326aafc63a8a33a6d7928e25619d727f8bcc96bcdf1d2d56f3202eb991ca7522a3cbd2b0fc023b6e7a\
         4b79bf9a86476374c0caa8bfc8ef1f809cba2a7de0ef5bad550b6900f85cf8f087ce35b0c9261df0f3fc\
         63b7499a8fcf621d0b4a1af827b04266429215838e55641d91751d6bacc23fc81b3d42eb90575e5c1f19\
         2ab80f69",
};

/// A key that is weak by now.
pub const RSA_1024: RsaKey = RsaKey {
    modulus: "9a0611fac4c7bf099db737753085f1d7dd8c1d972a868745336a6546191e22cd6c31dfa7bef859d9ec7b\
         1b2583bd54fa07df74de8a68682430c8dd550a14610c7ef3665ae650d333f03baa018caa04bdc5fa7ba0\
         33b0195bbf01aeb57388fc283534cdcd10066a808b47ccaac2dddba3b1fe9acf9e1a559ec5a48d556665\
         465d",
    private: "2e37f8193a077e8a122bb29695f2fbb97d1fd8994e07847bfd8bc5cc1d296fe418bd7691cdba94abd24c\
         b6beb12395665a0a71f57daf0ae1214a8530499007f6d2bc1d065902c6590f75316ecdabc30b707f2d7a\
         68e7be5059c30955c68a8146066b1823df415d3e8194c03f7eb56653eb2de2e7342647be54b60bd5257a\
         fcc1",
};

/// A key that is too short to count.
pub const RSA_512: RsaKey = RsaKey {
    modulus: "d745723f324fc53f227f8b00eebb488e165d2bbeed2028ae35d95404ae193fbcb99c24d90b5e3f1648f1\
         ec7f266d34d86d7dc8f328fb181ec58e1a5b5963a405",
    private: "660da12cbe903ca542988e7061bcdd97a69882ed9f82b8666656e252d9aa54a1280330701674be225c48\
         dfc0b1172acf05d6ab90ce6559ecb030f0a085b51abd",
};
